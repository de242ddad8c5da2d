import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

const import_schedule = { cron: '30 2 * * *', source_url: 'https://exports.example.com/a.csv' }

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const stage = (application_id: string, as: string) =>
  server.call('POST', '/application-imports/stage', { as, body: { application_id } })

describe('POST /application-imports/stage', () => {
  it('answers 201 at once, with an import that waits and the name of the token that began it', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const name = 'Jack Henry Silverlake'
    const application = await given.application(tenant.id, {
      name,
      priority: 'critical',
      import_schedule,
    })
    const { as } = await given.systemToken({ name: 'HRIS Integration' })

    const { status, body } = await stage(application.id, as)

    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(String),
      kind: 'Application Import',
      number: expect.any(Number),
      type: 'scheduled',
      status: 'pending',
      created_by: 'HRIS Integration',
      created_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      build_start: null,
      build_end: null,
      log: null,
      files: [],
      metrics: null,
      progress: { rows_done: 0, rows_total: null },
      application: {
        id: application.id,
        kind: 'Application',
        name,
        priority: 'critical',
        is_archived: false,
        last_updated: expect.stringMatching(/Z$/),
      },
    })
    expect((await call('GET', `/application-imports/${body.id}`, { as })).body).toEqual(body)
    const second = await stage(application.id, as)
    expect(second.body.number).toBeGreaterThan(body.number)
  })

  it.each([
    ['archived', { is_archived: true, import_schedule }, 'archived'],
    ['without an import schedule', {}, 'import schedule'],
  ])('refuses an application that is %s, and names the field', async (_, options, words) => {
    const { given } = server
    const tenant = await given.tenant()
    const application = await given.application(tenant.id, options)
    const { as } = await given.admin()
    const before = await server.traces()

    const { status, body } = await stage(application.id, as)

    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { field: 'application_id', message: expect.stringContaining(words) },
    ])
    expect(await server.traces()).toEqual(before)
  })

  it('answers 404 for another tenant’s application as for none, and 403 to who may only see it', async () => {
    const { given } = server
    const [here, there] = [await given.tenant(), await given.tenant()]
    const own = await given.application(here.id, { import_schedule })
    const foreign = await given.application(there.id, { import_schedule })
    const runner = await given.person({
      tenants: [here.id],
      grants: [{ permissions: ['imports.run'] }],
    })
    const elsewhere = await given.tenant()
    const reader = await given.person({
      tenants: [here.id, elsewhere.id],
      grants: [
        { permissions: ['applications.read'], tenant_id: here.id },
        { permissions: ['imports.run'], tenant_id: elsewhere.id },
      ],
    })
    const before = await server.traces()

    expect((await stage(foreign.id, runner.as)).status).toBe(404)
    expect((await stage(uuidv7(), runner.as)).status).toBe(404)
    const refused = await stage(own.id, reader.as)
    expect(refused.status).toBe(403)
    expect(refused.body.details).toEqual({
      permission: 'imports.run',
      tenant_id: here.id,
      leg: 'owner_permission',
    })
    expect(await server.traces()).toEqual(before)
  })
})
