import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../src/db/database.ts'
import { type Jobs, openJobs } from '../../../src/jobs/jobs.ts'
import { beginScheduledImport } from '../../../src/modules/applications/begin-scheduled-import.ts'
import type { WorkTools } from '../../../src/operation.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { type SourceServer, startSource } from '../../support/source-server.ts'

let server: TestServer
let database: Database
let jobs: Jobs
beforeAll(async () => {
  server = await startServer()
  const { url } = server.database
  database = openDatabase({ url, poolSize: 4, onError: () => undefined })
  jobs = openJobs({ url, onError: () => undefined })
})
afterAll(async () => {
  await jobs.close()
  await database.close()
  await server.close()
})

const import_schedule = { cron: '30 2 * * *', source_url: 'https://exports.example.com/a.csv' }

/** What the worker does when a schedule is due. */
function fallDue(application_id: string): Promise<void> {
  const { prisma } = database
  const { handle } = beginScheduledImport({ prisma, jobs, log: server.app.log } as WorkTools)
  return handle({ application_id } as never, new AbortController().signal)
}

const importsOf = (id: string) =>
  server.database.sql(
    `SELECT id, type, status, created_by, created_by_id FROM application_imports
     WHERE application_id = $1 ORDER BY number`,
    [id],
  )

const jobsOf = (id: string) =>
  server.database.sql(
    `SELECT data FROM pgboss.job WHERE name = 'run_import' AND singleton_key = $1`,
    [id],
  )

async function scheduled(more: object = {}) {
  const tenant = await server.given.tenant()
  return server.given.application(tenant.id, { import_schedule, ...more })
}

describe('A schedule that is due', () => {
  it('begins an import in nobody’s name, with its job and its event', async () => {
    const { id, name, tenant_id } = await scheduled()
    await fallDue(id)
    const [made, ...others] = await importsOf(id)
    expect(others).toEqual([])
    expect(made).toMatchObject({
      type: 'scheduled',
      status: 'pending',
      created_by: 'Schedule',
      created_by_id: null,
    })
    expect(await jobsOf(id)).toEqual([{ data: { import_id: made?.['id'] } }])
    const events = await server.database.sql('SELECT * FROM audit_events WHERE target_id = $1', [
      made?.['id'],
    ])
    expect(events).toEqual([
      expect.objectContaining({
        action: 'application_import.created',
        actor_id: null,
        actor_name: 'Schedule',
        credential_id: null,
        tenant_ids: [tenant_id],
        after: expect.objectContaining({ application_id: id, application: name }),
      }),
    ])
  })

  it('begins one import, however often and in how many processes it is told', async () => {
    const { id } = await scheduled()
    await Promise.all([fallDue(id), fallDue(id), fallDue(id)])
    await fallDue(id)
    expect(await importsOf(id)).toHaveLength(1)
    expect(await jobsOf(id)).toHaveLength(1)
  })

  it.each(['pending', 'running', 'paused', 'canceling'])(
    'is skipped while an import is %s, and says so in the log',
    async (status) => {
      const { id } = await scheduled()
      await server.database.sql(
        `INSERT INTO application_imports (id, application_id, type, status, created_by)
         VALUES ($1, $2, 'api', $3, 'Nightly')`,
        [uuidv7(), id, status],
      )
      await fallDue(id)
      expect(await importsOf(id)).toHaveLength(1)
      const line = server.logs.find((one) => one.includes('skipped') && one.includes(id))
      expect(JSON.parse(line ?? '{}')).toMatchObject({ open: { status } })
    },
  )

  it('begins the next where one that is paused has been overtaken', async () => {
    const { id } = await scheduled()
    for (const [status, end] of [
      ['paused', 'NULL'],
      ['finished', 'now()'],
    ]) {
      await server.database.sql(
        `INSERT INTO application_imports (id, application_id, type, status, created_by, build_end)
         VALUES ($1, $2, 'api', $3, 'Nightly', ${end})`,
        [uuidv7(), id, status],
      )
    }
    await fallDue(id)
    expect(await importsOf(id)).toHaveLength(3)
  })

  it('begins the next when the last has ended, however it did', async () => {
    for (const status of ['finished', 'failed', 'canceled']) {
      const { id } = await scheduled()
      await server.database.sql(
        `INSERT INTO application_imports (id, application_id, type, status, created_by, build_end)
         VALUES ($1, $2, 'api', $3, 'Nightly', now())`,
        [uuidv7(), id, status],
      )
      await fallDue(id)
      expect(await importsOf(id)).toHaveLength(2)
    }
  })

  it('is nothing for an application in the archive, without a schedule, gone, or of a tenant that is asleep', async () => {
    const asleep = await server.given.tenant('test', 'suspended')
    const before = await server.traces()
    const none = [
      await scheduled({ is_archived: true }),
      await scheduled({ import_schedule: null }),
      await server.given.application(asleep.id, { import_schedule }),
    ]
    for (const id of [...none.map((one) => one.id), uuidv7()]) {
      await fallDue(id)
      expect(await importsOf(id)).toEqual([])
    }
    const after = await server.traces()
    expect(after['audit_events']).toBe(before['audit_events'])
  })

  it('begins nothing without its event', async () => {
    const { id } = await scheduled()
    await server.database.sql(`
      CREATE FUNCTION break_audit() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN RAISE EXCEPTION ''the audit log is broken''; END';
      CREATE TRIGGER broken BEFORE INSERT ON audit_events
        FOR EACH ROW EXECUTE FUNCTION break_audit()`)
    await expect(fallDue(id)).rejects.toThrow()
    await server.database.sql('DROP TRIGGER broken ON audit_events')
    expect(await importsOf(id)).toEqual([])
    expect(await jobsOf(id)).toEqual([])
  })
})

describe('An application with a schedule', () => {
  let source: SourceServer
  let working: TestServer
  beforeAll(async () => {
    source = await startSource(
      (_, response) => response.end('account,email,privilege\nada,ada@example.com,READ\n'),
      { plain: true },
    )
    const allowed = { ALLOW_HTTP_SOURCES: 'on', SOURCE_ALLOWED_NETWORKS: '127.0.0.1' }
    working = await startServer(allowed, null, { withWorker: true })
  })
  afterAll(async () => {
    await working.close()
    await source.close()
  })

  it('is imported by itself: cron, fetch, accounts', async () => {
    const { given, call, database: db } = working
    const { as } = await given.admin()
    const tenant = await given.tenant()
    const source_url = `${source.url}/accounts.csv?signature=s3cret`
    const body = {
      tenant_id: tenant.id,
      name: 'Core banking',
      import_schedule: { cron: '*/5 * * * *', source_url },
    }
    const { body: made } = await call('POST', '/applications', { as, body })
    // Each minute, which nobody may ask for: the last is less than one ago, so it is due at the next look.
    await db.sql(`UPDATE pgboss.schedule SET cron = '* * * * *' WHERE key = $1`, [made.id])
    const accounts = async () =>
      (await call('GET', `/applications/${made.id}/accounts`, { as })).body.data
    await eventually(async () => (await accounts()).length > 0, 30_000)
    expect(await accounts()).toEqual([
      { account: 'ada', email: 'ada@example.com', privileges: ['READ'], identity: null },
    ])
    const { body: imports } = await call('GET', `/application-imports?application_id=${made.id}`, {
      as,
    })
    expect(imports.data[0]).toMatchObject({
      type: 'scheduled',
      status: 'finished',
      created_by: 'Schedule',
    })
    expect(working.logs.join('\n')).not.toContain('s3cret')
  }, 40_000)
})
