import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, refused, unknownId, uuid7 } from '../users/expected.ts'
import { schedulesOf } from './schedules.ts'

let server: TestServer
let tenant_id: string
let writer: string
beforeAll(async () => {
  server = await startServer()
  tenant_id = (await server.given.tenant()).id
  const grants = [{ permissions: ['applications.write'], tenant_id }]
  writer = (await server.given.person({ tenants: [tenant_id], grants })).as
})
afterAll(() => server.close())

const patch = (id: string, body: object, as = writer) =>
  server.call('PATCH', `/applications/${id}`, { as, body })
const refusedPatch = (id: string, body: object, as = writer) =>
  refused(server, 'PATCH', `/applications/${id}`, { as, body })

const import_schedule = {
  cron: '30 2 * * *',
  source_url: 'https://exports.example.com/accounts.csv?signature=s3cret',
}

const eventsOf = (id: string) =>
  server.database.sql(
    'SELECT action, before, after FROM audit_events WHERE target_id = $1 ORDER BY id',
    [id],
  )

/** A finished import of one file of this group. */
async function importedInto(application_id: string, file_group_id: string) {
  const [import_id, file_id] = [uuidv7(), uuidv7()]
  await server.database.sql(
    `INSERT INTO application_imports (id, application_id, type, status, created_by, build_end)
     VALUES ($1, $2, 'api', 'finished', 'Nightly', now())`,
    [import_id, application_id],
  )
  await server.database.sql(
    `INSERT INTO import_files (id, import_id, file_group_id, name) VALUES ($1, $2, $3, 'a.csv')`,
    [file_id, import_id, file_group_id],
  )
}

describe('PATCH /applications/:id, 200', () => {
  it('changes what is named and tells the event just that, before and after', async () => {
    const application = await server.given.application(tenant_id)
    const body = { name: 'Renamed', priority: 'high', change_threshold_percent: null }
    const { status, body: after } = await patch(application.id, body)
    expect(status).toBe(200)
    expect(after).toMatchObject({ ...body, is_archived: false, import_schedule: null })
    expect(after.last_updated > after.created_at).toBe(true)
    expect(await eventsOf(application.id)).toEqual([
      {
        action: 'application.updated',
        before: { name: application.name, priority: 'none', change_threshold_percent: 50 },
        after: body,
      },
    ])
    const seen = await server.call('GET', `/applications/${application.id}`, {
      as: (await server.given.admin()).as,
    })
    expect(seen.body).toEqual(after)
  })

  it('to what it is already changes nothing, and leaves no event', async () => {
    const { id, name, file_groups } = await server.given.application(tenant_id)
    const before = await server.traces()
    const first = await patch(id, {})
    const second = await patch(id, { name, priority: 'none', is_archived: false, file_groups })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body).toEqual(first.body)
    expect(await server.traces()).toEqual(before)
  })

  it('keeps the schedule as the application says: changed, archived, back, taken off', async () => {
    const { id } = await server.given.application(tenant_id)
    const crons = async () => (await schedulesOf(server, id)).map(({ cron }) => cron)
    await patch(id, { import_schedule })
    expect(await crons()).toEqual(['30 2 * * *'])
    await patch(id, { import_schedule: { ...import_schedule, cron: '0 4 * * 1' } })
    expect(await crons()).toEqual(['0 4 * * 1'])
    const archived = await patch(id, { is_archived: true })
    expect(archived.body.import_schedule.cron).toBe('0 4 * * 1')
    expect(await crons()).toEqual([])
    await patch(id, { import_schedule })
    expect(await crons()).toEqual([])
    await patch(id, { is_archived: false })
    expect(await crons()).toEqual(['30 2 * * *'])
    await patch(id, { import_schedule: null })
    expect(await crons()).toEqual([])
  })

  it('tells neither events nor the log what is in the query of a source', async () => {
    const { id } = await server.given.application(tenant_id, { import_schedule })
    const other = import_schedule.source_url.replace('s3cret', 's3cond')
    const { body } = await patch(id, { import_schedule: { ...import_schedule, source_url: other } })
    expect(body.import_schedule.source_url).toBe(other)
    const [event] = await eventsOf(id)
    expect(Object.keys(event?.['after'])).toEqual(['import_schedule'])
    expect(JSON.stringify(event) + server.logs.join('\n')).not.toMatch(/s3cret|s3cond/)
    expect(event?.['before'].import_schedule.source_url).toContain('?[redacted]')
  })
})

describe('The file groups of a PATCH', () => {
  const two = [
    { name: 'accounts', required: true },
    { name: 'extras', required: false },
  ]

  it('are all of them, in their order; known by id or by name, they keep their ids', async () => {
    const { id, file_groups } = await server.given.application(tenant_id, { file_groups: two })
    const [accounts, extras] = file_groups
    const { status, body } = await patch(id, {
      file_groups: [
        { name: 'new', required: true },
        { name: 'extras', required: true },
        { id: accounts?.id, name: 'people', required: false },
      ],
    })
    expect(status).toBe(200)
    expect(body.file_groups).toEqual([
      { id: uuid7, name: 'new', required: true },
      { id: extras?.id, name: 'extras', required: true },
      { id: accounts?.id, name: 'people', required: false },
    ])
    const [event] = await eventsOf(id)
    expect(event?.['before']).toEqual({ file_groups })
    expect(event?.['after']).toEqual({ file_groups: body.file_groups })
  })

  it('may change names with one another, and give a name to a new one', async () => {
    const { id, file_groups } = await server.given.application(tenant_id, { file_groups: two })
    const [a, b] = file_groups.map((group) => group.id)
    const swapped = await patch(id, {
      file_groups: [
        { id: a, name: 'extras', required: true },
        { id: b, name: 'accounts', required: false },
      ],
    })
    expect(swapped.body.file_groups.map(({ name }: { name: string }) => name)).toEqual([
      'extras',
      'accounts',
    ])
    const given = await patch(id, {
      file_groups: [
        { id: a, name: 'moved', required: true },
        { name: 'extras', required: true },
      ],
    })
    expect(given.body.file_groups).toEqual([
      { id: a, name: 'moved', required: true },
      { id: uuid7, name: 'extras', required: true },
    ])
    expect(given.body.file_groups[1].id).not.toBe(b)
  })

  it('cannot leave one out that imports have used: 409; another may go', async () => {
    const { id, file_groups } = await server.given.application(tenant_id, { file_groups: two })
    const [accounts, extras] = file_groups
    await importedInto(id, extras?.id ?? '')
    const answer = await refusedPatch(id, { file_groups: [accounts] })
    expect(answer.status).toBe(409)
    expect(fieldsOf(answer.body)).toEqual(['file_groups'])
    expect(answer.body.message).toContain('extras')
    const { status } = await patch(id, { file_groups: [{ ...extras, required: true }] })
    expect(status).toBe(200)
  })

  it('are one, of those that are required, where a schedule fetches them', async () => {
    const { id } = await server.given.application(tenant_id, { import_schedule })
    const both = two.map(({ name }) => ({ name, required: true }))
    const answer = await refusedPatch(id, { file_groups: both })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer.body)).toEqual(['import_schedule'])
    const made = await server.given.application(tenant_id, { file_groups: both })
    expect((await refusedPatch(made.id, { import_schedule })).status).toBe(422)
  })

  it('are of this application: 422 for an id of another', async () => {
    const { id } = await server.given.application(tenant_id)
    const { file_groups } = await server.given.application(tenant_id)
    const answer = await refusedPatch(id, { file_groups })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer.body)).toEqual(['file_groups'])
  })
})

describe('PATCH /applications/:id, refused', () => {
  it.each([
    ['tenant_id', { tenant_id: unknownId }],
    ['import_schedule.cron', { import_schedule: { ...import_schedule, cron: 'often' } }],
    ['import_schedule.source_url', { import_schedule: { cron: '0 2 * * *', source_url: 'x' } }],
    ['file_groups', { file_groups: [{ name: 'a', required: false }] }],
    ['is_archived', { is_archived: null }],
  ])('names the field at fault: %s', async (field, body) => {
    const { id } = await server.given.application(tenant_id)
    const answer = await refusedPatch(id, body)
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toContain(field)
  })

  it('answers 409 to a name that another of the tenant has', async () => {
    const { name } = await server.given.application(tenant_id)
    const { id } = await server.given.application(tenant_id)
    const answer = await refusedPatch(id, { name })
    expect(answer.status).toBe(409)
    expect(fieldsOf(answer.body)).toEqual(['name'])
  })

  it('answers 404 for another tenant’s, and 403 for one that the caller may see and not change', async () => {
    const { given } = server
    const [foreign, seen] = [await given.tenant(), await given.tenant()]
    const hidden = await given.application(foreign.id)
    const readable = await given.application(seen.id)
    const clerk = await given.person({
      tenants: [tenant_id, seen.id],
      grants: [
        { permissions: ['applications.write'], tenant_id },
        { permissions: ['applications.read'], tenant_id: seen.id },
      ],
    })
    const body = { name: 'Mine' }
    expect((await refusedPatch(hidden.id, body, clerk.as)).status).toBe(404)
    const answer = await refusedPatch(readable.id, body, clerk.as)
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'applications.write',
      tenant_id: seen.id,
      leg: 'owner_permission',
    })
  })
})
