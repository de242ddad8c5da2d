import type pg from 'pg'
import { countStatements, resetStatements } from '../../bench/measure/statements.ts'
import { type BenchDatabase, startDatabase } from '../../bench/seed/database.ts'
import { authorityStatements } from '../../src/access/authority-query.ts'
import { hashToken } from '../../src/access/token.ts'
import { spawnPostern } from '../processes/spawn-postern.ts'
import { connectionsTo } from './paced.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'

const roles = 200

/** L5. 300,000 tokens of 150,000 people, one of whom holds 200 roles; each token is asked about for the first time. */
export const manyTokens: Scenario = {
  title: '300,000 tokens: what the first question with each costs',
  async run({ quick }) {
    const size = quick ? 30_000 : 300_000
    const database = await startDatabase(size)
    const { client, url, asked } = database
    try {
      await giveRoles(client, asked[0]!.token)
      const postern = await spawnPostern({ DATABASE_URL: url, RATE_LIMIT_PER_MINUTE: '0' })
      const { ask, close } = connectionsTo(postern.url)
      const some = asked.slice(0, 2000)
      await ask({ path: '/authorize', as: asked.at(-1)!.token })
      await resetStatements(client)
      let refused = 0
      for (const { token, permission, tenant_id } of some) {
        const path = `/authorize?permission=${permission}&tenant_id=${tenant_id}`
        const { status } = await ask({ path, as: token })
        if (status !== 204) refused += 1
      }
      const { ofRequests } = await countStatements(client)
      // A handful are for all of them: the catalogue, and tenants that nobody asked about before.
      const perQuestion = Math.round((ofRequests / some.length) * 100) / 100
      close()
      await postern.stop()
      const { p99, plan } = await timeReads(database)
      return [
        told('tokens', size),
        exactly('answers other than 204', 0, refused),
        atMost('statements per first question, the look included', 2, perQuestion),
        atMost('p99 of the read of an authority', 5, p99, ' ms'),
        exactly(
          'the token is found by',
          'tokens_token_hash_key',
          /tokens_token_hash_key/.exec(plan)?.[0] ?? plan,
        ),
        exactly(
          'scans of all tokens',
          'no',
          /"Seq Scan"[^{}]*"Relation Name":"tokens"/.test(plan) ? 'yes' : 'no',
        ),
      ]
    } finally {
      await database.stop()
    }
  },
}

/** The owner of this token gets so many more roles, each in a tenant of theirs. */
async function giveRoles(client: pg.Client, token: string): Promise<void> {
  await client.query(
    `WITH made AS (
       INSERT INTO roles (id, name, permissions)
       SELECT gen_random_uuid(), 'one of many ' || n, ARRAY['users.read'] FROM generate_series(1, $1) AS n
       RETURNING id
     )
     INSERT INTO grants (id, user_id, role_id, tenant_id)
     SELECT gen_random_uuid(), t.owner_id, made.id, s.tenant_id
     FROM made, tokens t, LATERAL (
       SELECT tenant_id FROM tenant_scopes s WHERE s.user_id = t.owner_id ORDER BY tenant_id LIMIT 1
     ) s
     WHERE t.token_hash = $2`,
    [roles, hashToken(token)],
  )
}

type Explained = { 'Execution Time': number; Plan: unknown }

/** As PostgreSQL tells it; planned it is once per connection. */
async function timeReads({ client, asked }: BenchDatabase): Promise<{ p99: number; plan: string }> {
  const explain = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${authorityStatements.token_hash.text}`
  const ms: number[] = []
  let plan = ''
  for (const { token } of asked.slice(0, 2000)) {
    const { rows } = await client.query<{ 'QUERY PLAN': Explained[] }>(explain, [
      hashToken(token).toString('hex'),
    ])
    const [explained] = rows[0]!['QUERY PLAN']
    ms.push(explained!['Execution Time'])
    plan = JSON.stringify(explained!.Plan)
  }
  ms.sort((a, b) => a - b)
  return { p99: ms[Math.floor(ms.length * 0.99)]!, plan }
}
