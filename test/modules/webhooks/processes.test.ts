import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessTokens } from '../../../src/access/access-token.ts'
import { systemClock } from '../../../src/clock.ts'
import { clientOf } from '../../support/client.ts'
import { cloneDatabase, type TestDatabase } from '../../support/database.ts'
import { eventually } from '../../support/eventually.ts'
import { type Given, givenOf } from '../../support/given.ts'
import { type ServerProcess, startProcess } from '../../support/process.ts'
import { type Receiver, startReceiver } from '../../support/receiver.ts'
import { happen, reachingUs } from './scene.ts'

let database: TestDatabase
let given: Given
let receiver: Receiver
let processes: ServerProcess[] = []
const start = () => startProcess({ DATABASE_URL: database.url, WORKER: 'on', ...reachingUs })
beforeAll(async () => {
  database = await cloneDatabase()
  receiver = await startReceiver()
  processes = [await start(), await start()]
  const [key] = await database.sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
  const tokens = accessTokens(key?.secret ?? Buffer.alloc(0), '', systemClock)
  given = givenOf(database, clientOf(processes[0]?.url ?? ''), tokens)
}, 60_000)
afterAll(async () => {
  for (const each of processes) await each.stop()
  await receiver.close()
  await database.drop()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer = 200
})

async function listener() {
  const tenant = await given.tenant()
  const webhook = await given.webhook(tenant.id, { url: `${receiver.url}/${tenant.id}` })
  return { tenant, webhook }
}
const idsAt = (tenant_id: string) =>
  receiver.received
    .filter(({ path }) => path === `/${tenant_id}`)
    .map(({ headers }) => headers['webhook-id'])
const waiting = async (webhook_id: string) =>
  (
    await database.sql(
      `SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND status = 'waiting'`,
      [webhook_id],
    )
  ).length
describe('Two processes', () => {
  it('deliver each of a hundred changes once', async () => {
    const { tenant, webhook } = await listener()
    await happen(database, tenant.id, 100)
    await eventually(async () => idsAt(tenant.id).length >= 100, 60_000)
    await eventually(async () => (await waiting(webhook.id)) === 0)
    expect(new Set(idsAt(tenant.id)).size).toBe(100)
    expect(idsAt(tenant.id)).toHaveLength(100)
  }, 90_000)

  it('leave a tenant whose receivers are silent to wait, and no other tenant', async () => {
    const [silent, prompt] = [await listener(), await listener()]
    receiver.answer = ({ url }, response) => {
      if (!url?.includes(silent.tenant.id)) response.end()
    }
    await happen(database, silent.tenant.id, 30)
    await eventually(async () => idsAt(silent.tenant.id).length > 0)
    await happen(database, prompt.tenant.id, 10)
    await eventually(async () => idsAt(prompt.tenant.id).length === 10, 9000)
    await database.sql('UPDATE webhooks SET is_enabled = false WHERE id = $1', [silent.webhook.id])
  }, 60_000)

  it('bring everything to a receiver that was away, once it is back, and nothing twice', async () => {
    const { tenant, webhook } = await listener()
    await receiver.down()
    await happen(database, tenant.id, 40)
    await eventually(async () => (await waiting(webhook.id)) === 40)
    const failed = () =>
      database.sql(
        'SELECT failing_since FROM webhooks WHERE id = $1 AND failing_since IS NOT NULL',
        [webhook.id],
      )
    await eventually(async () => (await failed()).length === 1)
    await receiver.up()
    // Whoever has put it right asks for a test, and needs not wait for the next try.
    const admin = await given.admin()
    const [first] = processes as [ServerProcess]
    const asked = await first.call('POST', `/webhooks/${webhook.id}/test`, { as: admin.as })
    expect(asked.status).toBe(200)
    await eventually(async () => idsAt(tenant.id).length >= 41, 60_000)
    await eventually(async () => (await waiting(webhook.id)) === 0)
    expect(new Set(idsAt(tenant.id)).size).toBe(41)
    expect(idsAt(tenant.id)).toHaveLength(41)
    expect(await failed()).toEqual([])
  }, 120_000)

  it('find what is due again, and what one that was killed had begun: under the same ids', async () => {
    const { tenant, webhook } = await listener()
    const [first, second] = processes as [ServerProcess, ServerProcess]
    await second.stop()
    receiver.answer = 500
    await happen(database, tenant.id, 3)
    await eventually(async () => {
      const refused = 'SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND refusals = 1'
      return (await database.sql(refused, [webhook.id])).length === 3
    })
    receiver.answer = () => undefined
    await happen(database, tenant.id)
    await eventually(async () => idsAt(tenant.id).length === 4)
    await first.stop('SIGKILL')
    receiver.answer = 200
    processes = [await start()]
    await database.sql(
      'UPDATE webhook_deliveries SET next_attempt_at = now() WHERE next_attempt_at > now()',
    )
    await eventually(async () => (await waiting(webhook.id)) === 0, 75_000)
    expect(new Set(idsAt(tenant.id)).size).toBe(4)
    expect(idsAt(tenant.id)).toHaveLength(8)
  }, 120_000)
})
