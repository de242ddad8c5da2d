import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { happen, rowOf, tenantAdmin } from './scene.ts'

const url = 'https://example.com/hook'
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const statusFor = async (method: string, path: string, as: string, body?: unknown) =>
  (await server.call(method, path, { as, body })).status
const listedFor = async (as: string, query = '') => {
  const { body } = await server.call('GET', `/webhooks${query}`, { as })
  return body.data.map(({ id }: { id: string }) => id)
}

const onOne = (path: string, delivery_id: string) =>
  [
    ['GET', path],
    ['PATCH', path, { description: 'mine' }],
    ['DELETE', path],
    ['POST', `${path}/test`],
    ['GET', `${path}/deliveries`],
    ['POST', `${path}/deliveries/${delivery_id}/redeliver`],
    ['POST', `${path}/rotate-secret`],
  ] as const

/** What opens a place, each alone, which is not enough. */
const halves = ['tenants.update', 'audit.read']

describe('A webhook of a tenant', () => {
  it.each(halves)(
    'is for nobody who holds only %s there, and 404 to who is elsewhere',
    async (half) => {
      const { given } = server
      const { tenant, wanted } = await tenantAdmin(server, url)
      const { id, delivery_id } = await given.webhook(tenant.id)
      const person = await given.person({
        tenants: [tenant.id],
        grants: [{ permissions: [half], tenant_id: tenant.id }],
      })
      const { person: stranger } = await tenantAdmin(server, url)
      const before = await server.traces()
      for (const [method, path, body] of onOne(`/webhooks/${id}`, delivery_id)) {
        expect(await statusFor(method, path, person.as, body)).toBe(403)
        expect(await statusFor(method, path, stranger.as, body)).toBe(404)
      }
      expect(await statusFor('POST', '/webhooks', person.as, wanted)).toBe(403)
      expect(await statusFor('POST', '/webhooks', stranger.as, wanted)).toBe(403)
      expect(await server.traces()).toEqual(before)
      const { status, body } = await server.call('GET', '/webhooks', { as: person.as })
      expect(half === 'audit.read' ? body.data : status).toEqual(half === 'audit.read' ? [] : 403)
    },
  )

  it('is made, seen, changed and deleted by who holds both', async () => {
    const { given, call } = server
    const { tenant, person, create } = await tenantAdmin(server, url)
    const { status, body: made } = await create({ description: 'tickets' })
    expect(status).toBe(201)
    const { secret, ...rest } = made
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(rest).toEqual({
      id: expect.any(String),
      tenant_id: tenant.id,
      url: `${url}/${tenant.id}`,
      description: 'tickets',
      event_types: ['token.*'],
      is_enabled: true,
      disabled_reason: null,
      failing_since: null,
      created_at: expect.any(String),
      created_by: person.id,
    })
    const other = await given.webhook((await given.tenant()).id)
    const path = `/webhooks/${made.id}`
    expect((await call('GET', path, { as: person.as })).body).toEqual(rest)
    expect(await listedFor(person.as)).toEqual([made.id])
    expect(await listedFor(person.as, `?tenant_id=${uuidv7()}`)).toEqual([])
    expect(await listedFor(person.as)).not.toContain(other.id)
    const body = { event_types: ['user.deactivated'], description: null }
    const changed = await call('PATCH', path, { as: person.as, body })
    expect(changed.body).toEqual({ ...rest, ...body })
    expect(await statusFor('DELETE', path, person.as)).toBe(204)
    expect(await statusFor('DELETE', path, person.as)).toBe(404)
  })

  it('is left as it is, without an event, where nothing of it would change', async () => {
    const { database } = server
    const { person, create } = await tenantAdmin(server, url)
    const { body: made } = await create({ description: 'tickets' })
    const path = `/webhooks/${made.id}`
    // What is there of failures goes on, too: nobody has put anything right.
    await database.sql(
      `UPDATE webhooks SET failing_since = now(), paused_until = now() + interval '1 hour'
       WHERE id = $1`,
      [made.id],
    )
    const row = await rowOf(server.database, 'webhooks', made.id)
    const before = await server.traces()

    const { description, event_types, is_enabled } = made
    const equal = { url: made.url, description, event_types, is_enabled }
    for (const body of [{}, { is_enabled: true }, { url: made.url }, equal]) {
      expect(await statusFor('PATCH', path, person.as, body)).toBe(200)
    }

    expect(await rowOf(server.database, 'webhooks', made.id)).toEqual(row)
    expect(await server.traces()).toEqual(before)
    expect(await statusFor('PATCH', path, person.as, { ...equal, description: null })).toBe(200)
    expect(await server.traces()).not.toEqual(before)
  })

  it('is not made, changed or given a secret by a token, which it would outlive; a token deletes it', async () => {
    const { given, call } = server
    const { tenant, person, wanted } = await tenantAdmin(server, url)
    const { id, delivery_id } = await given.webhook(tenant.id)
    const permissions = ['tenants.update', 'audit.read']
    const token = await given.token(person.id, { permissions, tenants: [tenant.id] })
    const account = await given.serviceAccount([tenant.id])
    await given.grant(account, { permissions, tenant_id: tenant.id })
    const robot = await given.token(account, { permissions, tenants: [tenant.id] })
    const path = `/webhooks/${id}`
    const before = await rowOf(server.database, 'webhooks', id)
    const traces = await server.traces()
    for (const { as } of [token, robot]) {
      for (const [method, where, body] of [
        ['POST', '/webhooks', wanted],
        ['PATCH', path, { url: 'https://evil.example' }],
        ['PATCH', path, { is_enabled: false }],
        ['POST', `${path}/rotate-secret`, undefined],
      ] as const) {
        const answer = await call(method, where, { as, body })
        expect([answer.status, answer.body.error]).toEqual([403, 'forbidden'])
      }
      expect(await statusFor('GET', path, as)).toBe(200)
    }
    expect(await server.traces()).toEqual(traces)
    expect(await rowOf(server.database, 'webhooks', id)).toEqual(before)
    expect(await statusFor('GET', `${path}/deliveries`, robot.as)).toBe(200)
    expect(await statusFor('POST', `${path}/deliveries/${delivery_id}/redeliver`, token.as)).toBe(
      200,
    )
    expect(await statusFor('DELETE', path, robot.as)).toBe(204)
  })

  it('is closed to its people while the tenant is suspended', async () => {
    const { tenant, person } = await tenantAdmin(server, url)
    const { id } = await server.given.webhook(tenant.id)
    await server.database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [tenant.id])
    expect(await statusFor('GET', `/webhooks/${id}`, person.as)).toBe(403)
  })
})

describe('A webhook of the platform', () => {
  const personWith = (permissions: string[]) =>
    server.given.person({ tenants: ['any'], grants: [{ permissions }] })
  const wanted = { tenant_id: null, url, event_types: ['token.*'] }

  it('is for who sets the platform up and reads the audit log of all, and is 404 to others', async () => {
    const { tenant, person } = await tenantAdmin(server, url)
    const { id, delivery_id } = await server.given.webhook(null)
    const ofTenant = await server.given.webhook(tenant.id)
    const both = await personWith(['settings.write', 'audit.read'])
    const reader = await personWith(['tenants.update', 'audit.read'])
    const before = await server.traces()
    for (const [method, path, body] of onOne(`/webhooks/${id}`, delivery_id)) {
      expect(await statusFor(method, path, person.as, body)).toBe(404)
      expect(await statusFor(method, path, reader.as, body)).toBe(404)
    }
    expect(await statusFor('POST', '/webhooks', person.as, wanted)).toBe(403)
    expect(await statusFor('POST', '/webhooks', reader.as, wanted)).toBe(403)
    expect(await server.traces()).toEqual(before)
    expect(await listedFor(reader.as)).not.toContain(id)
    expect(await listedFor(both.as)).toContain(id)
    expect(await listedFor(both.as)).not.toContain(ofTenant.id)
    expect(await statusFor('POST', '/webhooks', both.as, wanted)).toBe(201)
    expect(await statusFor('DELETE', `/webhooks/${id}`, both.as)).toBe(204)
  })

  it('is not for who reads the audit log of some tenants only', async () => {
    const { given, call } = server
    const { id } = await given.webhook(null)
    const person = await personWith(['settings.write', 'audit.read'])
    const tenant = await given.tenant()
    const permissions = ['settings.write', 'audit.read']
    const narrow = await given.token(person.id, { permissions, tenants: [tenant.id] })
    const blocked = await given.token(person.id, { permissions, tenants: ['any'] })
    const sql = `INSERT INTO tenant_blocks (tenant_id, token_id, reason, created_by) VALUES ($1, $2, '', $3)`
    await server.database.sql(sql, [tenant.id, blocked.id, person.id])
    for (const { as } of [narrow, blocked]) {
      const before = await server.traces()
      expect((await call('GET', `/webhooks/${id}`, { as })).status).toBe(403)
      expect((await call('POST', '/webhooks', { as, body: wanted })).status).toBe(403)
      expect(await listedFor(as)).not.toContain(id)
      expect(await server.traces()).toEqual(before)
    }
  })
})

describe('A secret', () => {
  it('is shown once, is not there again in a replay, and lies sealed', async () => {
    const { call, database } = server
    const { person, wanted } = await tenantAdmin(server, url)
    const headers = { 'idempotency-key': uuidv7() }
    const create = () => call('POST', '/webhooks', { as: person.as, body: wanted, headers })
    const [made, again] = [await create(), await create()]
    expect(made.headers.get('cache-control')).toBe('no-store')
    const { secret, ...rest } = made.body
    expect(again.body).toEqual(rest)
    const row = await rowOf(database, 'webhooks', made.body.id)
    expect((row['secret'] as Buffer).toString('latin1')).not.toContain(secret.slice(6))
    for (const path of ['/webhooks', `/webhooks/${made.body.id}`, '/audit-events']) {
      const { text } = await call('GET', path, { as: person.as })
      expect(text).not.toContain('whsec_')
      expect(text).not.toContain(secret.slice(6))
    }
    expect(server.logs.join('')).not.toContain(secret.slice(6))
  })

  it('is another one after a rotation', async () => {
    const { create, post } = await tenantAdmin(server, url)
    const { body: made } = await create()
    const rotated = await post(`/webhooks/${made.id}/rotate-secret`)
    expect(rotated.headers.get('cache-control')).toBe('no-store')
    expect(rotated.body.secret).toMatch(/^whsec_/)
    expect(rotated.body.secret).not.toBe(made.secret)
  })
})

describe('What a webhook is made of', () => {
  it.each([
    [{ url: 'ftp://example.com' }, 'url'],
    [{ url: 'http://example.com' }, 'url'],
    [{ url: 'https://good@example.com' }, 'url'],
    [{ url: 'https://example.com/#here' }, 'url'],
    [{ url: 'example.com' }, 'url'],
    [{ event_types: [] }, 'event_types'],
    [{ event_types: ['session.created'] }, 'event_types'],
    [{ event_types: ['token.made'] }, 'event_types'],
    [{ event_types: ['*.*'] }, 'event_types'],
    [{ secret: 'whsec_mine' }, 'secret'],
  ])('is refused with an error that names the field: %j', async (wrong, field) => {
    const { person, create, wanted } = await tenantAdmin(server, url)
    const { body: made } = await create()
    const before = await server.traces()
    const { tenant_id: _, ...fields } = { ...wanted, ...wrong }
    for (const answer of [
      await create(wrong),
      await server.call('PATCH', `/webhooks/${made.id}`, { as: person.as, body: fields }),
    ]) {
      expect(answer.status).toBe(400)
      expect(answer.body.errors[0].field).toContain(field)
    }
    expect(await server.traces()).toEqual(before)
  })

  it('may be twenty times in a tenant, however many are made at once', async () => {
    const { create, tenant } = await tenantAdmin(server, url)
    for (let made = 0; made < 17; made += 1) await server.given.webhook(tenant.id)
    const answers = await Promise.all(Array.from({ length: 8 }, () => create()))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, 201, 201, 409, 409, 409, 409, 409])
    expect((await (await tenantAdmin(server, url)).create()).status).toBe(201)
  })
})

describe('The delivery log', () => {
  it('shows all of one webhook, or those of one status', async () => {
    const { given, call } = server
    const { tenant, person } = await tenantAdmin(server, url)
    const { id, delivery_id } = await given.webhook(tenant.id)
    await given.webhook(tenant.id)
    const waiting = await given.delivery(id)
    const shown = async (query = '') => {
      const { body } = await call('GET', `/webhooks/${id}/deliveries${query}`, { as: person.as })
      expect(body.total).toBe(body.data.length)
      return body.data.map((one: { id: string }) => one.id)
    }
    expect(await shown('?sort=created_at')).toEqual([delivery_id, waiting])
    expect(await shown('?status=failed')).toEqual([delivery_id])
    expect(await shown('?status=waiting')).toEqual([waiting])
    expect(await shown('?status=delivered')).toEqual([])
    const wrong = await call('GET', `/webhooks/${id}/deliveries?status=gone`, { as: person.as })
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } })
  })
})

describe('What is told', () => {
  const waitingFor = (webhook_id: string) =>
    server.database.sql(
      `SELECT * FROM outbox_events o JOIN audit_events e ON e.id = o.event_id
      WHERE $1 = ANY(e.tenant_ids)`,
      [webhook_id],
    )

  it('is kept for who passes it on only while some webhook listens', async () => {
    const { tenant } = await tenantAdmin(server, url)
    await server.database.sql('UPDATE webhooks SET is_enabled = false')
    await happen(server.database, tenant.id, 1, 'grant.created')
    expect(await waitingFor(tenant.id)).toEqual([])
    await server.given.webhook(tenant.id)
    await happen(server.database, tenant.id, 1, 'grant.created')
    await happen(server.database, tenant.id, 1, 'webhook.updated')
    expect(await waitingFor(tenant.id)).toMatchObject([{ action: 'grant.created' }])
  })
})
