import { emptyLedger, enter } from './ledger.ts'
import { connectionsTo, percentile, sampleOf } from './paced.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { administrator, openSite } from './site.ts'

/** L6. A long audit log, read page by page from the newest, and from somewhere in the middle. */
export const longAuditLog: Scenario = {
  title: 'the audit log holds a million events',
  async run(options) {
    const site = await openSite(options, { writers: 1, settings: { max_wal_size: '2GB' } })
    const client = connectionsTo(site.postern.url)
    try {
      const rows = options.quick ? 100_000 : 1_000_000
      await site.postgres.sql(
        `INSERT INTO audit_events (id, at, actor_name, action, target_type, target_id, tenant_ids)
         SELECT gen_random_uuid(), now() - n * interval '1 second', 'somebody', 'tenant.updated', 'tenant',
           $2::text, ARRAY[$2::text::uuid] FROM generate_series(1, $1) AS n`,
        [rows, site.writers[0]!.tenant_id],
      )
      await site.postgres.sql('ANALYZE audit_events')
      const signIn = { method: 'POST', path: '/auth/login', body: administrator }
      const as = JSON.parse((await site.ask(signIn)).body).access_token
      const ledger = emptyLedger()
      const answers = []
      for (const from of [0, 0.5, 0.95]) {
        const to = new Date(Date.now() - from * rows * 1000).toISOString()
        let cursor: string | null = ''
        for (let page = 0; page < 100 && cursor !== null; page += 1) {
          const path: string = `/audit-events?limit=50&to=${to}${cursor && `&cursor=${cursor}`}`
          const answer = await client.ask({ path, as })
          enter(ledger, { path: '/audit-events' }, [200], { ...answer, headers: {} })
          answers.push(answer)
          cursor = answer.status === 200 ? JSON.parse(answer.body).next_cursor : null
        }
      }
      const sample = sampleOf(answers)
      const [found] = await site.postgres.sql<{ count: number }>(
        'SELECT count(*)::int FROM audit_events',
      )
      return [
        told('events', found!.count),
        exactly('pages answered', 300, answers.filter(({ status }) => status === 200).length),
        told('p50 of a page, ms', percentile(sample, 0.5)),
        atMost('p95 of a page', 30, percentile(sample, 0.95), ' ms'),
      ]
    } finally {
      client.close()
      await site.close()
    }
  },
}
