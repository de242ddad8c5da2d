import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, unknownId, uuid7 } from '../users/expected.ts'
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

let serial = 0
const newBody = (more: object = {}) => ({ tenant_id, name: `Application ${++serial}`, ...more })
const import_schedule = {
  cron: '30 2 * * *',
  source_url: 'https://exports.example.com/accounts.csv?signature=s3cret',
}

describe('POST /applications, 201', () => {
  it('creates an application; without another word one required file group and a threshold of a half', async () => {
    const body = newBody()
    const answer = await server.call('POST', '/applications', { as: writer, body })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: uuid7,
      kind: 'Application',
      tenant_id,
      name: body.name,
      priority: 'none',
      is_archived: false,
      created_at: instant,
      last_updated: instant,
      import_schedule: null,
      change_threshold_percent: 50,
      file_groups: [{ id: uuid7, name: 'accounts', required: true }],
    })
    expect(await schedulesOf(server, answer.body.id)).toEqual([])
  })

  it('keeps what is asked for, and its schedule in UTC with the same transaction', async () => {
    const body = newBody({
      priority: 'critical',
      change_threshold_percent: null,
      import_schedule,
      file_groups: [
        { name: 'extras', required: false },
        { name: 'people', required: true },
      ],
    })
    const answer = await server.call('POST', '/applications', { as: writer, body })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject(body)
    const { id } = answer.body
    expect(await schedulesOf(server, id)).toEqual([
      { cron: '30 2 * * *', timezone: 'UTC', data: { application_id: id } },
    ])
  })

  it('tells the event no query of the source, which may hold a signature', async () => {
    const body = newBody({ import_schedule })
    const { body: made } = await server.call('POST', '/applications', { as: writer, body })
    const [event] = await server.database.sql('SELECT * FROM audit_events WHERE target_id = $1', [
      made.id,
    ])
    expect(event).toMatchObject({ action: 'application.created', tenant_ids: [tenant_id] })
    expect(event?.['after'].import_schedule).toEqual({
      cron: '30 2 * * *',
      source_url: 'https://exports.example.com/accounts.csv?[redacted]',
    })
    expect(server.logs.join('\n')).not.toContain('s3cret')
  })

  it('is done once for one Idempotency-Key, with one schedule', async () => {
    const body = newBody({ import_schedule })
    const headers = { 'idempotency-key': 'nightly' }
    const send = () => server.call('POST', '/applications', { as: writer, body, headers })
    const [first, second] = [await send(), await send()]
    expect(second.status).toBe(201)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(await schedulesOf(server, first.body.id)).toHaveLength(1)
  })

  it('takes a name that another tenant has', async () => {
    const other = await server.given.tenant()
    const { as } = await server.given.admin()
    const body = newBody()
    for (const id of [tenant_id, other.id]) {
      const { status } = await server.call('POST', '/applications', {
        as,
        body: { ...body, tenant_id: id },
      })
      expect(status).toBe(201)
    }
  })
})

describe('POST /applications, refused', () => {
  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['priority', { priority: 'urgent' }],
    ['is_archived', { is_archived: true }],
    ['file_groups', { file_groups: [] }],
    ['file_groups', { file_groups: [{ name: 'a', required: false }] }],
    [
      'file_groups',
      {
        file_groups: [
          { name: 'a', required: true },
          { name: 'a', required: false },
        ],
      },
    ],
    ['file_groups', { file_groups: [{ id: unknownId, name: 'a', required: true }] }],
    ['change_threshold_percent', { change_threshold_percent: 101 }],
    ['change_threshold_percent', { change_threshold_percent: '50' }],
    ['import_schedule.source_url', { import_schedule: { cron: '0 2 * * *' } }],
    ['import_schedule.every', { import_schedule: { ...import_schedule, every: 'day' } }],
  ])('names the field at fault: %s', async (field, more) => {
    const { status, body } = await refused(server, 'POST', '/applications', {
      as: writer,
      body: newBody(more),
    })
    expect(status).toBe(400)
    expect(fieldsOf(body)).toContain(field)
  })

  it.each([
    'nightly',
    '* * * * *',
    '*/4 * * * *',
    '0,58 * * * *',
    '60 2 * * *',
    '0 0 30 2 *',
    '0 2 * *',
    '0 0 2 * * *',
    '@daily',
    'H 2 * * *',
    '0 2 * * FOO',
    'RRULE:FREQ=DAILY',
  ])(
    'takes no cron expression that is none, or that is due every few minutes: %s',
    async (cron) => {
      const body = newBody({ import_schedule: { ...import_schedule, cron } })
      const answer = await refused(server, 'POST', '/applications', { as: writer, body })
      expect(answer.status).toBe(400)
      expect(fieldsOf(answer.body)).toEqual(['import_schedule.cron'])
    },
  )

  it.each([
    'accounts.csv',
    'http://exports.example.com/accounts.csv',
    'ftp://exports.example.com/accounts.csv',
    'file:///etc/passwd',
    'https://ada:secret@exports.example.com/accounts.csv',
    'https://good.example@169.254.169.254/latest',
    'https://exports.example.com/accounts.csv#top',
    'https://',
  ])('takes no source that is not https, or holds credentials: %s', async (source_url) => {
    const body = newBody({ import_schedule: { ...import_schedule, source_url } })
    const answer = await refused(server, 'POST', '/applications', { as: writer, body })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual(['import_schedule.source_url'])
  })

  it('answers 409 to a name that the tenant has', async () => {
    const body = newBody()
    await server.call('POST', '/applications', { as: writer, body })
    const answer = await refused(server, 'POST', '/applications', { as: writer, body })
    expect(answer.status).toBe(409)
    expect(fieldsOf(answer.body)).toEqual(['name'])
  })

  it('answers 403 that names tenant_id for a tenant of others, unknown, asleep, or only read in', async () => {
    const { given } = server
    const foreign = await given.tenant()
    const asleep = await given.tenant('test', 'suspended')
    const readOnly = await given.tenant()
    const clerk = await given.person({
      tenants: [tenant_id, asleep.id, readOnly.id],
      grants: [
        { permissions: ['applications.write'], tenant_id },
        { permissions: ['applications.write'], tenant_id: asleep.id },
        // Held where the scope doesn't reach, and seen where it isn't held: no cross product.
        { permissions: ['applications.write'], tenant_id: foreign.id },
        { permissions: ['applications.read'], tenant_id: readOnly.id },
      ],
    })
    for (const id of [foreign.id, unknownId, asleep.id, readOnly.id]) {
      const body = { tenant_id: id, name: 'Elsewhere' }
      const answer = await refused(server, 'POST', '/applications', { as: clerk.as, body })
      expect([id, answer.status]).toEqual([id, 403])
      expect(fieldsOf(answer.body)).toEqual(['tenant_id'])
    }
  })
})
