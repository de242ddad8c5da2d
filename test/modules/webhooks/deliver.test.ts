import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusalsMax } from '../../../src/modules/webhooks/run/pauses.ts'
import { prune } from '../../../src/modules/webhooks/run/prune.ts'
import { type Receiver, startReceiver } from '../../support/receiver.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { deliverer, happen, reachingUs, rowOf } from './scene.ts'

let server: TestServer
let receiver: Receiver
let process: Awaited<ReturnType<typeof deliverer>>
beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer(reachingUs)
  process = await deliverer(server.database)
}, 60_000)
afterAll(async () => {
  await process.close()
  await server.close()
  await receiver.close()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer = 200
})

const sql: TestServer['database']['sql'] = (text, values) => server.database.sql(text, values)
const deliveryRow = (id: string) => rowOf(server.database, 'webhook_deliveries', id)
const webhookRow = (id: string) => rowOf(server.database, 'webhooks', id)

/** A webhook, and something that is due to it. */
async function due(url = receiver.url) {
  const { id } = await server.given.webhook(null, { url, event_types: ['grant.created'] })
  return { id, delivery_id: await server.given.delivery(id) }
}
/** As time goes by. */
const makeDue = async (delivery_id: string) => {
  await sql('UPDATE webhooks SET paused_until = NULL')
  await sql('UPDATE webhook_deliveries SET next_attempt_at = now() WHERE id = $1', [delivery_id])
}
const minutesUntil = (at: unknown) => ((at as Date).getTime() - Date.now()) / 60_000

describe('A delivery', () => {
  it('is done once, whatever comes twice: its job, or two processes at once', async () => {
    const { delivery_id } = await due()
    const other = await deliverer(server.database)
    await Promise.all(
      [1, 2, 3].flatMap(() => [process, other].map((one) => one.deliver(delivery_id))),
    )
    await other.close()
    await process.deliver(delivery_id)
    expect(receiver.received).toHaveLength(1)
    expect(await deliveryRow(delivery_id)).toMatchObject({ status: 'delivered', attempts: 1 })
  })

  it('is sent again when somebody asks for it, under the same id and newly signed', async () => {
    const { id, delivery_id } = await due()
    const admin = await server.given.admin()
    const path = `/webhooks/${id}/deliveries/${delivery_id}/redeliver`
    const again = () => server.call('POST', path, { as: admin.as })
    expect((await again()).status).toBe(409)
    await process.deliver(delivery_id)
    expect(await again()).toMatchObject({ status: 200, body: { status: 'waiting', attempts: 0 } })
    await process.deliver(delivery_id)
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      delivery_id,
      delivery_id,
    ])
    await sql('UPDATE webhooks SET is_enabled = false WHERE id = $1', [id])
    expect((await again()).status).toBe(409)
  })

  it('that is refused waits for one minute, two, four, up to six hours, and has failed the sixteenth time', async () => {
    const { id, delivery_id } = await due()
    receiver.answer = 500
    const minutes: number[] = []
    for (let attempt = 1; attempt < refusalsMax; attempt += 1) {
      await process.deliver(delivery_id)
      const row = await deliveryRow(delivery_id)
      expect(row).toMatchObject({ status: 'waiting', attempts: attempt, failure: 'answered 500' })
      minutes.push(Math.round(minutesUntil(row['next_attempt_at'])))
      await process.deliver(delivery_id)
      expect(receiver.received).toHaveLength(attempt)
      await makeDue(delivery_id)
    }
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360, 360, 360])
    await process.deliver(delivery_id)
    const row = await deliveryRow(delivery_id)
    expect(row).toMatchObject({
      status: 'failed',
      attempts: 16,
      response_status: 500,
      next_attempt_at: null,
    })
    expect(JSON.stringify(row)).not.toContain('a secret of the receiver')
    // Nothing waits any more: what comes next has its own five days.
    expect(await webhookRow(id)).toMatchObject({ is_enabled: true, failing_since: null })
  })

  it.each([301, 302, 303, 307, 308])('follows no redirect: %d', async (status) => {
    const { delivery_id } = await due()
    receiver.answer = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end()
    await process.deliver(delivery_id)
    expect(receiver.received.map(({ path }) => path)).toEqual(['/'])
    expect(await deliveryRow(delivery_id)).toMatchObject({ failure: `answered ${status}` })
  })

  it.each([
    ['http://127.0.0.1', {}],
    ['https://127.0.0.1', {}],
    ['https://127.1', {}],
    ['https://2130706433', {}],
    ['https://0x7f000001', {}],
    ['https://169.254.169.254/latest', {}],
    ['https://10.0.0.1', {}],
    ['https://[::1]', {}],
    ['https://[::ffff:127.0.0.1]', {}],
    ['https://[fe80::1]', {}],
    ['https://localhost', {}],
    ['http://127.0.0.1', { SOURCE_ALLOWED_NETWORKS: '127.0.0.1' }],
  ])('reaches nothing inside our network: %s with %j', async (place, settings) => {
    const { delivery_id } = await due(`${place}:${receiver.port}/`)
    const before = receiver.connections()
    await process.deliver(delivery_id, { settings })
    expect(receiver.connections()).toBe(before)
    expect(await deliveryRow(delivery_id)).toMatchObject({
      status: 'waiting',
      response_status: null,
      failure: 'could not be reached',
    })
  })

  it('waits for a slow receiver as long as that may take, and no longer', async () => {
    const { delivery_id } = await due()
    receiver.answer = () => undefined
    const began = Date.now()
    await process.deliver(delivery_id, { timeoutMs: 300 })
    expect(Date.now() - began).toBeLessThan(5000)
    expect(await deliveryRow(delivery_id)).toMatchObject({
      status: 'waiting',
      failure: 'took too long',
    })
  })

  it('reads nothing of what is answered, however much it is', async () => {
    const { delivery_id } = await due()
    let written = 0
    receiver.answer = (_, response) => {
      const timer = setInterval(() => {
        written += 1
        response.write(Buffer.alloc(1_000_000, 'a'))
      }, 5)
      response.on('close', () => clearInterval(timer))
    }
    await process.deliver(delivery_id)
    expect(written).toBeLessThan(20)
    expect(await deliveryRow(delivery_id)).toMatchObject({
      status: 'delivered',
      response_status: 200,
    })
  })

  it('that a worker took and never ended is sent by another one, after a minute', async () => {
    const { delivery_id } = await due()
    receiver.answer = () => undefined
    const taken = process.deliver(delivery_id, { timeoutMs: 2000 })
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    receiver.answer = 200
    await process.deliver(delivery_id)
    expect(receiver.received).toHaveLength(1)
    expect(minutesUntil((await deliveryRow(delivery_id))['next_attempt_at'])).toBeCloseTo(1, 0)
    await makeDue(delivery_id)
    await process.deliver(delivery_id)
    expect(receiver.received).toHaveLength(2)
    // The first one comes to its end, and takes nothing back.
    await taken
    expect(await deliveryRow(delivery_id)).toMatchObject({ status: 'delivered' })
  })

  it('of which the secret was sealed with another key is sent once there is a new secret', async () => {
    const { id, delivery_id } = await due()
    await process.deliver(delivery_id, { environmentSecret: 'another one' })
    expect(receiver.received).toEqual([])
    const failure = 'the secret cannot be read any more: rotate it'
    expect(await deliveryRow(delivery_id)).toMatchObject({ status: 'waiting', failure })
    const admin = await server.given.admin()
    await server.call('POST', `/webhooks/${id}/rotate-secret`, { as: admin.as })
    await process.deliver(delivery_id)
    expect(receiver.received).toHaveLength(1)
  })
})

describe('A receiver that is away', () => {
  it.each([[429], [502], [503], [504]])(
    'is left alone for a while by all that is due to it: %d',
    async (status) => {
      const { id, delivery_id } = await due()
      const second = await server.given.delivery(id)
      receiver.answer = status
      await process.deliver(delivery_id)
      await process.deliver(second)
      expect(receiver.received).toHaveLength(1)
      expect(await deliveryRow(second)).toMatchObject({ status: 'waiting', attempts: 0 })
      expect(await webhookRow(id)).toMatchObject({ paused_until: expect.any(Date) })
    },
  )

  it('loses nothing, however often it was asked, and is asked each quarter of an hour at least', async () => {
    const { id, delivery_id } = await due()
    receiver.answer = 503
    for (let attempt = 0; attempt < refusalsMax + 4; attempt += 1) {
      await process.deliver(delivery_id)
      await makeDue(delivery_id)
    }
    await sql(`UPDATE webhooks SET failing_since = now() - interval '4 days' WHERE id = $1`, [id])
    await process.deliver(delivery_id)
    expect(Math.round(minutesUntil((await webhookRow(id))['paused_until']))).toBe(15)
    expect(await deliveryRow(delivery_id)).toMatchObject({ status: 'waiting', refusals: 0 })
  })

  it('gets all that has waited as soon as it takes one', async () => {
    const { id, delivery_id } = await due()
    const others = [await server.given.delivery(id), await server.given.delivery(id)]
    const refused = await server.given.delivery(id)
    receiver.answer = 500
    await process.deliver(refused)
    receiver.answer = 503
    await process.deliver(delivery_id)
    for (const other of others) await process.deliver(other)
    receiver.answer = 200
    receiver.received.length = 0
    await makeDue(delivery_id)
    await process.deliver(delivery_id)
    for (const other of others) await process.deliver(other)
    // What it has refused itself keeps its pause.
    await process.deliver(refused)
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      delivery_id,
      ...others,
    ])
    expect(await webhookRow(id)).toMatchObject({ failing_since: null, paused_until: null })
  })

  it.each([
    ['has failed for five days', `now() - interval '5 days'`, 500],
    ['answers that it is gone', 'NULL', 410],
  ])('is disabled with all that waits, and an event, where it %s', async (_, since, status) => {
    const { id, delivery_id } = await due()
    const other = await server.given.delivery(id)
    await sql(`UPDATE webhooks SET failing_since = ${since} WHERE id = $1`, [id])
    receiver.answer = status
    await process.deliver(delivery_id)
    expect(await webhookRow(id)).toMatchObject({
      is_enabled: false,
      disabled_reason: expect.any(String),
    })
    expect(await deliveryRow(delivery_id)).toMatchObject({
      status: 'failed',
      failure: `answered ${status}`,
    })
    expect(await deliveryRow(other)).toMatchObject({
      status: 'failed',
      failure: 'the webhook is disabled',
    })
    const events = await sql('SELECT action, actor_name FROM audit_events WHERE target_id = $1', [
      id,
    ])
    expect(events).toEqual([{ action: 'webhook.disabled', actor_name: 'system' }])
  })
})

describe('What ends', () => {
  it('is sent no more: a webhook that is deleted, before or while something is on its way', async () => {
    const admin = await server.given.admin()
    const { id, delivery_id } = await due()
    const flying = await server.given.delivery(id)
    let land: () => unknown = () => undefined
    receiver.answer = (_, response) => {
      land = () => response.end()
    }
    const flight = process.deliver(flying)
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect((await server.call('DELETE', `/webhooks/${id}`, { as: admin.as })).status).toBe(204)
    land()
    await flight
    receiver.answer = 200
    await process.deliver(delivery_id)
    expect(receiver.received).toHaveLength(1)
    expect(await sql('SELECT id FROM webhook_deliveries WHERE webhook_id = $1', [id])).toEqual([])
  })

  it('is sent no more: a webhook that is disabled; and when it is enabled again it begins with what happens then', async () => {
    const admin = await server.given.admin()
    const { id, delivery_id } = await due()
    const set = (is_enabled: boolean) =>
      server.call('PATCH', `/webhooks/${id}`, { as: admin.as, body: { is_enabled } })
    await set(false)
    await set(true)
    await process.deliver(delivery_id)
    expect(receiver.received).toEqual([])
    expect(await deliveryRow(delivery_id)).toMatchObject({ failure: 'the webhook is disabled' })
    expect((await server.call('POST', `/webhooks/${id}/test`, { as: admin.as })).status).toBe(200)
    await set(false)
    expect((await server.call('POST', `/webhooks/${id}/test`, { as: admin.as })).status).toBe(409)
  })

  it('at one address goes on at the next: what waits is due there at once', async () => {
    const admin = await server.given.admin()
    const { id, delivery_id } = await due()
    receiver.answer = 503
    await process.deliver(delivery_id)
    receiver.answer = 200
    const body = { url: `${receiver.url}/moved` }
    await server.call('PATCH', `/webhooks/${id}`, { as: admin.as, body })
    await process.deliver(delivery_id)
    expect(receiver.received.map(({ path }) => path)).toEqual(['/', '/moved'])
  })

  it('is forgotten after thirty days, and beyond the last thousand of a webhook; what waits is not', async () => {
    const { id } = await due()
    const add = (count: number, days: number) =>
      sql(
        `INSERT INTO webhook_deliveries
           (id, webhook_id, type, payload, status, ended_at, next_attempt_at, created_at)
         SELECT gen_random_uuid(), $1, 'x', '{}', 'failed', now(), NULL, now() - make_interval(days => $3)
         FROM generate_series(1, $2)`,
        [id, count, days],
      )
    const left = async () => {
      const counted = 'SELECT count(*)::int AS n FROM webhook_deliveries WHERE webhook_id = $1'
      return (await sql(counted, [id]))[0]?.['n']
    }
    await add(5, 31)
    await sql(
      `UPDATE webhook_deliveries SET created_at = now() - interval '31 days'
      WHERE webhook_id = $1 AND status = 'waiting'`,
      [id],
    )
    await prune(process)
    // The one that was there from the start, and the one that waits.
    expect(await left()).toBe(2)
    await add(1005, 1)
    await prune(process)
    expect(await left()).toBe(1001)
  })
})

describe('What is due', () => {
  it('is found each minute, once, unless a job is there for it or nobody answers', async () => {
    await sql('DELETE FROM webhook_deliveries')
    await sql('DELETE FROM webhooks')
    const tenant = await server.given.tenant()
    const { id } = await due()
    const paused = await due()
    await sql(`UPDATE webhooks SET paused_until = now() + interval '1 hour' WHERE id = $1`, [
      paused.id,
    ])
    await happen(server.database, tenant.id, 3)
    const later = await server.given.delivery(id)
    await sql(
      `UPDATE webhook_deliveries SET next_attempt_at = now() + interval '1 hour' WHERE id = $1`,
      [later],
    )
    expect(await process.findDue()).toBe(1)
    expect(await process.findDue()).toBe(0)
  })
})
