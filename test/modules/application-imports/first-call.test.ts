import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator } from '../../support/constants.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { sceneOf } from './scene.ts'
import { allowed, startSource } from './source.ts'

let server: TestServer
let source: Awaited<ReturnType<typeof startSource>>
const rows = ['ada,ada@example.com,teller', 'ada,ada@example.com,loans', 'batch,,nightly']
beforeAll(async () => {
  source = await startSource((_, response) => {
    response.end(`account,email,privilege\n${rows.join('\n')}\n`)
  })
  server = await startServer(allowed, null, { withWorker: true })
})
afterAll(async () => {
  await server.close()
  await source.close()
})

const curl = promisify(execFile)

describe('The first call of a newcomer', () => {
  it('is an import that an automation stages with a system token, and sees through to its end', async () => {
    const { call, given } = server
    // Step 1: the administrator signs in, and makes a token for the automation.
    const signedIn = await call('POST', '/auth/login', { body: administrator })
    const as: string = signedIn.body.access_token
    const made = await call('POST', '/system/tokens', {
      as,
      body: { name: 'HRIS Integration', expires_at: null },
    })
    expect(made.status).toBe(201)
    const tenant = await call('POST', '/tenants', {
      as,
      body: { slug: 'acme', name: 'Acme Insurance', type: 'production' },
    })
    const application = await call('POST', '/applications', {
      as,
      body: {
        tenant_id: tenant.body.id,
        name: 'Jack Henry Silverlake',
        priority: 'critical',
        import_schedule: source.schedule,
      },
    })
    expect(application.status).toBe(201)
    await given.identity(tenant.body.id, { email: 'ada@example.com' })

    // Step 2: the first call, from the command line.
    const { stdout } = await curl('curl', [
      ...['--silent', '--show-error', '--write-out', '\n%{http_code}'],
      ...['--header', `Authorization: Bearer ${made.body.token}`],
      ...['--json', JSON.stringify({ application_id: application.body.id })],
      `${server.url}/api/v1/application-imports/stage`,
    ])
    const [text = '', status] = stdout.split('\n')
    const body = JSON.parse(text)
    expect(status).toBe('201')
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'Application Import',
      number: expect.any(Number),
      type: 'scheduled',
      status: 'pending',
      created_by: 'HRIS Integration',
      created_at: expect.any(String),
      build_start: null,
      build_end: null,
      log: null,
      files: [],
      metrics: null,
      progress: { rows_done: 0, rows_total: null },
      application: {
        id: application.body.id,
        kind: 'Application',
        name: 'Jack Henry Silverlake',
        priority: 'critical',
        is_archived: false,
        last_updated: expect.any(String),
      },
    })

    // It runs in the background: one asks until it has ended.
    const { settled, accounts, events } = await sceneOf(server)
    const ended = await settled(body.id)
    expect(ended).toMatchObject({
      status: 'finished',
      log: null,
      build_start: expect.any(String),
      build_end: expect.any(String),
      metrics: {
        rows: 3,
        accounts: 2,
        new_accounts: 2,
        removed_accounts: 0,
        new_privileges: 3,
        removed_privileges: 0,
        unmatched: 1,
        change_percent: 100,
      },
      progress: { rows_done: 3, rows_total: 3 },
    })
    expect(Date.parse(ended.application.last_updated)).toBeGreaterThan(
      Date.parse(body.application.last_updated),
    )
    expect(await accounts(application.body.id)).toEqual([
      { account: 'ada', email: 'ada@example.com', privileges: ['loans', 'teller'] },
      { account: 'batch', email: null, privileges: ['nightly'] },
    ])
    const told = await events(body.id)
    expect(told.map(({ action }) => action)).toEqual([
      'application_import.created',
      'application_import.started',
      'application_import.finished',
    ])
    for (const event of told) {
      expect(event).toMatchObject({
        actor_name: 'HRIS Integration',
        credential_name: 'HRIS Integration',
        credential_kind: 'personal_access_token',
        credential_id: made.body.id,
        tenant_ids: [tenant.body.id],
      })
    }
    expect(told.at(-1)).toMatchObject({ after: { status: 'finished', metrics: ended.metrics } })
  })
})
