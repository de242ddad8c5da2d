import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type Received, type Receiver, startReceiver } from '../../support/receiver.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, sceneOf } from '../application-imports/scene.ts'
import { reachingUs, tenantAdmin } from './scene.ts'

let server: TestServer
let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer(reachingUs, null, { withWorker: true })
}, 60_000)
afterAll(async () => {
  await server.close()
  await receiver.close()
})
afterEach(() => {
  vi.useRealTimers()
})

const at = (id: string) => receiver.received.filter(({ path }) => path.endsWith(id))
const firstAt = async (id: string): Promise<Received> => {
  await eventually(async () => at(id).length > 0)
  return at(id)[0] as Received
}

/** One change, and what is told of it. */
async function one() {
  const scene = await tenantAdmin(server, receiver.url)
  const { body: webhook } = await scene.create()
  const body = { name: 'one', tenants: [scene.tenant.id] }
  const token = await server.call('POST', '/me/tokens', { as: scene.person.as, body })
  expect(token.status).toBe(201)
  return { ...scene, webhook, token, told: await firstAt(scene.tenant.id) }
}

describe('What is sent', () => {
  it('says who did what to whom, by ids and names, and nothing else', async () => {
    const { person, tenant, token, webhook, told } = await one()
    expect(JSON.parse(told.body)).toEqual({
      type: 'token.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: {
        audit_event_id: expect.any(String),
        actor: { id: person.id, name: person.email },
        credential: { id: person.session_id, name: null },
        target: { type: 'token', id: token.body.id },
        tenant_ids: [tenant.id],
        correlation_id: token.headers.get('x-correlation-id'),
      },
    })
    const { 'content-length': _, ...headers } = told.headers
    expect(headers).toEqual({
      host: `127.0.0.1:${receiver.port}`,
      connection: 'keep-alive',
      'content-type': 'application/json',
      'user-agent': 'Postern',
      'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    })
    const sent = JSON.stringify(told)
    for (const secret of [
      token.body.token,
      token.body.hint,
      webhook.secret,
      webhook.secret.slice(6),
    ]) {
      expect(sent).not.toContain(secret)
    }
  }, 60_000)

  it('names of several tenants that a change touched the one whose webhook it is, and others nobody', async () => {
    const { tenant, person, create } = await tenantAdmin(server, receiver.url)
    const other = await server.given.tenant()
    await server.given.scope(person.id, other.id)
    await create()
    const make = (name: string, tenants: string[]) =>
      server.call('POST', '/me/tokens', { as: person.as, body: { name, tenants } })
    await make('elsewhere', [other.id])
    await make('both', [tenant.id, other.id])
    const told = await firstAt(tenant.id)
    await server.traces()
    expect(at(tenant.id)).toHaveLength(1)
    expect(JSON.parse(told.body).data.tenant_ids).toEqual([tenant.id])
    expect(told.body).not.toContain(other.id)
  }, 60_000)

  it('is in the log with what became of it, and without what was answered', async () => {
    const { webhook, person, told } = await one()
    const path = `/webhooks/${webhook.id}/deliveries`
    const list = async () => server.call('GET', path, { as: person.as })
    await eventually(async () => (await list()).body.data[0].status === 'delivered')
    const { body, text } = await list()
    expect(body.data).toEqual([
      {
        id: told.headers['webhook-id'],
        webhook_id: webhook.id,
        type: 'token.created',
        payload: JSON.parse(told.body),
        status: 'delivered',
        attempts: 1,
        next_attempt_at: null,
        response_status: 200,
        failure: null,
        created_at: expect.any(String),
        ended_at: expect.any(String),
      },
    ])
    expect(text).not.toContain('a secret of the receiver')
  }, 60_000)
})

describe('A signature', () => {
  const verify = (secret: string, { body, headers }: Received) =>
    new Verifier(secret).verify(body, headers)

  it('is what Standard Webhooks verifies, over the id, the time and every byte of the body', async () => {
    const { webhook, told } = await one()
    expect(verify(webhook.secret, told)).toEqual(JSON.parse(told.body))
    const { headers, body } = told
    const time = `${Number(headers['webhook-timestamp']) + 1}`
    for (const changed of [
      { ...told, body: `${body} ` },
      { ...told, body: body.replace('token.created', 'token.revoked') },
      { ...told, headers: { ...headers, 'webhook-id': webhook.id } },
      { ...told, headers: { ...headers, 'webhook-timestamp': time } },
    ]) {
      expect(() => verify(webhook.secret, changed)).toThrow('No matching signature')
    }
    expect(() => verify(`whsec_${'A'.repeat(43)}=`, told)).toThrow('No matching signature')
  }, 60_000)

  it('is refused by who looks at the time when somebody sends again what they have caught', async () => {
    const { webhook, told } = await one()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 4 * 60_000 })
    expect(verify(webhook.secret, told)).toBeTruthy()
    vi.setSystemTime(Date.now() + 6 * 60_000)
    expect(() => verify(webhook.secret, told)).toThrow('Message timestamp too old')
  }, 60_000)

  it('is for a day after a rotation one of each secret, and of two rotations only of the last', async () => {
    const { tenant, create, post } = await tenantAdmin(server, receiver.url)
    const { body: made } = await create()
    const path = `/webhooks/${made.id}`
    const next = async () => {
      const before = at(tenant.id).length
      expect((await post(`${path}/test`)).status).toBe(200)
      await eventually(async () => at(tenant.id).length > before)
      return at(tenant.id).at(-1) as Received
    }
    const { body: second } = await post(`${path}/rotate-secret`)
    const told = await next()
    for (const { secret } of [made, second]) {
      expect(verify(secret, told)).toMatchObject({ type: 'webhook.test' })
    }
    const { body: third } = await post(`${path}/rotate-secret`)
    const later = await next()
    expect(() => verify(made.secret, later)).toThrow()
    for (const { secret } of [second, third]) expect(verify(secret, later)).toBeTruthy()
    await server.database.sql('UPDATE webhooks SET previous_secret_until = now() WHERE id = $1', [
      made.id,
    ])
    const last = await next()
    expect(() => verify(second.secret, last)).toThrow()
    expect(verify(third.secret, last)).toBeTruthy()
  }, 60_000)
})

describe('An import', () => {
  it('is told of from its upload to its end, by its id and none of what is in its file', async () => {
    const { tenant, admin, imported } = await sceneOf(server)
    const body = {
      tenant_id: tenant.id,
      url: `${receiver.url}/${tenant.id}`,
      event_types: ['application_import.*'],
    }
    expect((await server.call('POST', '/webhooks', { as: admin.as, body })).status).toBe(201)
    const { id, status } = await imported(`${header}ada,ada@imported.test,read-all\n`)
    expect(status).toBe('finished')
    await eventually(async () => at(tenant.id).length >= 3)
    await server.traces()
    const told = at(tenant.id).map(({ body: text }) => JSON.parse(text))
    expect(told.map(({ type }) => type).sort()).toEqual([
      'application_import.created',
      'application_import.finished',
      'application_import.started',
    ])
    for (const { data } of told) {
      expect(data).toMatchObject({
        target: { type: 'application_import', id },
        tenant_ids: [tenant.id],
      })
    }
    const sent = JSON.stringify(at(tenant.id))
    for (const secret of ['ada@imported.test', 'read-all']) expect(sent).not.toContain(secret)
  }, 60_000)
})

describe('A webhook of the platform', () => {
  it('is told of all tenants, and of what touches none', async () => {
    const admin = await server.given.admin()
    const events = ['user.created', 'grant.*', 'service_account.created']
    const body = { tenant_id: null, url: `${receiver.url}/platform`, event_types: events }
    const { status } = await server.call('POST', '/webhooks', { as: admin.as, body })
    expect(status).toBe(201)
    const tenant = await server.given.tenant()
    const create = (path: string, made: object) =>
      server.call('POST', path, { as: admin.as, body: made })
    const user = { name: 'Ada', password: 'a long walk on the beach' }
    const ada = await create('/users', {
      ...user,
      email: 'ada@platform.test',
      tenants: [tenant.id],
    })
    await create('/users', { ...user, email: 'bob@platform.test', tenants: ['any'] })
    const role_id = await server.given.role(['users.read'])
    const grant = await create(`/users/${ada.body.id}/grants`, { role_id, tenant_id: tenant.id })
    await server.call('DELETE', `/users/${ada.body.id}/grants/${grant.body.id}`, { as: admin.as })
    await create('/service-accounts', { name: 'robot', tenants: [tenant.id] })
    await eventually(async () => at('platform').length === 5)
    const told = at('platform').map(({ body: text }) => JSON.parse(text))
    expect(told.map(({ type }) => type).sort()).toEqual([
      'grant.created',
      'grant.deleted',
      'service_account.created',
      'user.created',
      'user.created',
    ])
    const places = told
      .filter(({ type }) => type === 'user.created')
      .map(({ data }) => data.tenant_ids)
    expect(places).toEqual(expect.arrayContaining([[tenant.id], []]))
  }, 60_000)
})
