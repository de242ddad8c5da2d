import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { openDatabase } from '../../../src/db/database.ts'
import { guardedPost } from '../../../src/fetching/post-guarded.ts'
import { sourceRulesOf } from '../../../src/fetching/source-rules.ts'
import { attemptsMax, deliver } from '../../../src/modules/webhooks/work/deliver.ts'
import { prune } from '../../../src/modules/webhooks/work/prune.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { type SourceServer, startSource } from '../../support/source-server.ts'

const settings = { ALLOW_HTTP_SOURCES: 'on', SOURCE_ALLOWED_NETWORKS: '127.0.0.1' }
type Received = { path: string; headers: Record<string, string>; body: string }

let server: TestServer
let database: ReturnType<typeof openDatabase>
let receiver: SourceServer
let received: Received[] = []
let answer = 200
beforeAll(async () => {
  receiver = await startSource(
    (request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const headers = request.headers as Record<string, string>
        received.push({ path: request.url ?? '', headers, body })
        response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end('secret')
      })
    },
    { plain: true },
  )
  server = await startServer(settings, null, { withWorker: true })
  const { url } = server.database
  database = openDatabase({ url, poolSize: 4, onError: () => undefined, isForWork: true })
  await database.prisma.$queryRaw`SELECT 1`
}, 60_000)
afterAll(async () => {
  await database.close()
  await server.close()
  await receiver.close()
})
beforeEach(() => {
  received = []
  answer = 200
})

const tools = (config: Record<string, string> = settings) => ({
  prisma: database.prisma,
  postGuarded: guardedPost(sourceRulesOf(readConfig(config))),
})

/** Somebody who may change a tenant. */
async function sceneOf() {
  const { given } = server
  const tenant = await given.tenant()
  const person = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['tenants.update', 'tenants.read'], tenant_id: tenant.id }],
  })
  const post = (path: string, body?: unknown) => server.call('POST', path, { as: person.as, body })
  const create = (more: object = {}) =>
    post('/webhooks', {
      tenant_id: tenant.id,
      url: `${receiver.url}/${tenant.id}`,
      event_types: ['token.*'],
      ...more,
    })
  return { tenant, person, create, post }
}

/** A delivery that waits, and that no job is sent for. */
async function waiting(url = receiver.url, webhook: object = {}) {
  const made = await server.given.webhook(null, { url, event_types: ['grant.none'], ...webhook })
  await server.database.sql(
    `UPDATE webhook_deliveries SET status = 'waiting', ended_at = NULL WHERE id = $1`,
    [made.delivery_id],
  )
  return made
}
const rowOf = async (table: 'webhooks' | 'webhook_deliveries', id: string) =>
  (await server.database.sql(`SELECT * FROM ${table} WHERE id = $1`, [id]))[0] ?? {}

describe('A webhook', () => {
  it('is told of a change of its tenant, signed, without a secret, and of no other tenant', async () => {
    const { tenant, person, create } = await sceneOf()
    const { status, body: webhook } = await create()
    expect(status).toBe(201)
    const other = await server.given.tenant()
    await server.database.sql(
      `INSERT INTO tenant_scopes (id, user_id, tenant_id) VALUES (gen_random_uuid(), $1, $2)`,
      [person.id, other.id],
    )
    const make = (name: string, tenants: string[]) =>
      server.call('POST', '/me/tokens', { as: person.as, body: { name, tenants } })
    await make('elsewhere', [other.id])
    const token = await make('both', [tenant.id, other.id])
    expect(token.status).toBe(201)
    await eventually(async () => received.length > 0)
    await server.traces()
    expect(received).toHaveLength(1)
    const [{ headers, body, path }] = received as [Received]
    expect(path).toBe(`/${tenant.id}`)
    const told = new Verifier(webhook.secret).verify(body, headers)
    expect(told).toEqual({
      type: 'token.created',
      timestamp: expect.any(String),
      data: {
        audit_event_id: expect.any(String),
        actor: { id: person.id, name: person.email },
        credential: { id: person.session_id, name: null },
        target: { type: 'token', id: token.body.id },
        tenant_ids: [tenant.id],
        correlation_id: token.headers.get('x-correlation-id'),
      },
    })
    expect(() => new Verifier(`whsec_${'A'.repeat(43)}=`).verify(body, headers)).toThrow()
    const list = await server.call('GET', `/webhooks/${webhook.id}/deliveries`, { as: person.as })
    expect(list.body.data).toMatchObject([
      { id: headers['webhook-id'], status: 'delivered', attempts: 1, response_status: 200 },
    ])
    expect(list.text).not.toContain('secret')
  }, 60_000)

  it('shows its secret once, and for a day after a rotation what is sent is signed with both', async () => {
    const { person, create, post } = await sceneOf()
    const { body: made } = await create()
    const path = `/webhooks/${made.id}`
    const seen = await server.call('GET', path, { as: person.as })
    expect(seen.body).not.toHaveProperty('secret')
    expect(seen.text).not.toContain('whsec_')
    const { body: rotated } = await post(`${path}/rotate-secret`)
    expect(rotated.secret).not.toBe(made.secret)
    await post(`${path}/test`)
    await eventually(async () => received.length === 1)
    const [{ headers, body }] = received as [Received]
    for (const secret of [made.secret, rotated.secret]) {
      expect(new Verifier(secret).verify(body, headers)).toMatchObject({ type: 'webhook.test' })
    }
    await server.database.sql('UPDATE webhooks SET previous_secret_until = now() WHERE id = $1', [
      made.id,
    ])
    await post(`${path}/test`)
    await eventually(async () => received.length === 2)
    const [, second] = received as [Received, Received]
    expect(() => new Verifier(made.secret).verify(second.body, second.headers)).toThrow()
  }, 60_000)

  it('of the platform is told of all tenants, while it is enabled', async () => {
    const admin = await server.given.admin()
    const body = { tenant_id: null, url: receiver.url, event_types: ['user.created'] }
    const { body: webhook } = await server.call('POST', '/webhooks', { as: admin.as, body })
    const user = (email: string) => ({ email, name: 'Ada', password: 'a long walk on the beach' })
    const create = (email: string) =>
      server.call('POST', '/users', { as: admin.as, body: { ...user(email), tenants: ['any'] } })
    await create(`a-${webhook.id}@example.com`)
    await eventually(async () => received.length === 1)
    const off = { as: admin.as, body: { is_enabled: false } }
    expect((await server.call('PATCH', `/webhooks/${webhook.id}`, off)).status).toBe(200)
    await create(`b-${webhook.id}@example.com`)
    await server.traces()
    const rows = await server.database.sql(
      'SELECT type FROM webhook_deliveries WHERE webhook_id = $1',
      [webhook.id],
    )
    expect(rows).toEqual([{ type: 'user.created' }])
  }, 60_000)

  it('is made, seen and changed by who may change the tenant, and of the platform by who sets it up', async () => {
    const { given, call } = server
    const { create, tenant, person } = await sceneOf()
    const { body: made } = await create()
    const reader = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'read-only', tenant_id: tenant.id }],
    })
    const stranger = await given.person({ grants: [{ role: 'admin' }] })
    const platform = await given.webhook(null)
    const path = `/webhooks/${made.id}`
    const before = await server.traces()
    const statusFor = async (method: string, at: string, as: string, body?: unknown) =>
      (await call(method, at, { as, body })).status
    for (const [method, at] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/test`],
      ['GET', `${path}/deliveries`],
      ['POST', `${path}/rotate-secret`],
    ] as const) {
      expect(await statusFor(method, at, reader.as)).toBe(403)
      expect(await statusFor(method, at, stranger.as)).toBe(404)
    }
    expect(await statusFor('GET', `/webhooks/${platform.id}`, person.as)).toBe(404)
    const wanted = { tenant_id: null, url: receiver.url, event_types: ['token.*'] }
    expect(await statusFor('POST', '/webhooks', person.as, wanted)).toBe(403)
    expect(await server.traces()).toEqual(before)
    const listed = async (as: string) =>
      (await call('GET', '/webhooks', { as })).body.data.map(({ id }: { id: string }) => id)
    expect(await listed(person.as)).toEqual([made.id])
    expect(await listed(reader.as)).toEqual([])
    expect(await listed(stranger.as)).toContain(platform.id)
    expect(await listed(stranger.as)).not.toContain(made.id)
  }, 60_000)

  it.each([
    [{ url: 'ftp://example.com' }, 'url'],
    [{ url: 'https://good@example.com' }, 'url'],
    [{ event_types: [] }, 'event_types'],
    [{ event_types: ['session.created'] }, 'event_types'],
  ])('is refused with an error that names the field: %j', async (wrong, field) => {
    const { create } = await sceneOf()
    const before = await server.traces()
    const { status, body } = await create(wrong)
    expect(status).toBe(400)
    expect(body.errors[0].field).toContain(field)
    expect(await server.traces()).toEqual(before)
  })
})

describe('A delivery', () => {
  it('is done once, however often its job runs, and again when somebody asks, under the same id', async () => {
    const { id, delivery_id } = await waiting()
    for (let run = 0; run < 3; run += 1) await deliver(tools(), delivery_id)
    expect(received).toHaveLength(1)
    const admin = await server.given.admin()
    const path = `/webhooks/${id}/deliveries/${delivery_id}/redeliver`
    expect((await server.call('POST', path, { as: admin.as })).status).toBe(200)
    await eventually(async () => received.length === 2)
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([delivery_id, delivery_id])
  }, 60_000)

  it('is tried again where it is not taken, and failed in the end', async () => {
    const { delivery_id } = await waiting()
    answer = 500
    for (let run = 1; run < attemptsMax; run += 1) {
      await expect(deliver(tools(), delivery_id)).rejects.toThrow('answered 500')
    }
    await deliver(tools(), delivery_id)
    const row = await rowOf('webhook_deliveries', delivery_id)
    expect(row).toMatchObject({ status: 'failed', attempts: attemptsMax, response_status: 500 })
    expect(JSON.stringify(row)).not.toContain('secret')
  }, 60_000)

  it('follows no redirect', async () => {
    const { delivery_id } = await waiting()
    answer = 302
    await expect(deliver(tools(), delivery_id)).rejects.toThrow('answered 302')
    expect(received.map(({ path }) => path)).toEqual(['/'])
  })

  it.each([
    ['http://127.0.0.1:1', {}],
    ['https://169.254.169.254/latest', {}],
    ['https://[::1]/', {}],
    ['https://localhost/', {}],
  ])('goes to nothing inside our network: %s', async (url, config) => {
    const { delivery_id } = await waiting(url)
    await expect(deliver(tools(config), delivery_id)).rejects.toThrow('could not be reached')
    expect(await rowOf('webhook_deliveries', delivery_id)).toMatchObject({
      status: 'waiting',
      failure: 'could not be reached',
    })
  })

  it.each([
    ['has failed for five days', `now() - interval '5 days'`, 500],
    ['answers that it is gone', 'NULL', 410],
  ])('disables the webhook, with an event, where it %s', async (_, since, status) => {
    const { id, delivery_id } = await waiting()
    await server.database.sql(`UPDATE webhooks SET failing_since = ${since} WHERE id = $1`, [id])
    answer = status
    await deliver(tools(), delivery_id)
    expect(await rowOf('webhooks', id)).toMatchObject({ is_enabled: false })
    expect(await rowOf('webhook_deliveries', delivery_id)).toMatchObject({ status: 'failed' })
    const events = await server.database.sql(
      'SELECT action, actor_name FROM audit_events WHERE target_id = $1',
      [id],
    )
    expect(events).toEqual([{ action: 'webhook.disabled', actor_name: 'system' }])
  })

  it('that ended is forgotten after thirty days, and beyond the last thousand of a webhook', async () => {
    const { id } = await waiting()
    const add = (count: number, days: number) =>
      server.database.sql(
        `INSERT INTO webhook_deliveries (id, webhook_id, type, payload, status, ended_at, created_at)
         SELECT gen_random_uuid(), $1, 'x', '{}', 'failed', now(), now() - make_interval(days => $3)
         FROM generate_series(1, $2)`,
        [id, count, days],
      )
    const left = async () => {
      const sql = 'SELECT count(*)::int AS n FROM webhook_deliveries WHERE webhook_id = $1'
      return (await server.database.sql(sql, [id]))[0]?.['n']
    }
    await add(5, 31)
    await prune(tools())
    expect(await left()).toBe(1)
    await add(1005, 1)
    await prune(tools())
    expect(await left()).toBe(1000)
  })
})
