import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { passOnEvents, passOnOne } from '../../src/outbox/pass-on.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

let clone: TestDatabase
let database: Database
beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase({ url: clone.url, poolSize: 6, onError: () => undefined })
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})
beforeEach(() => clone.sql('DELETE FROM outbox_events'))

const event = async (action = 'token.created') => {
  const id = uuidv7()
  await clone.sql(
    `INSERT INTO audit_events (id, actor_name, action, target_type, target_id, tenant_ids)
     VALUES ($1, 'Ada', $2, 'token', 'x', '{}')`,
    [id, action],
  )
  return id
}
const left = async () => (await clone.sql('SELECT event_id FROM outbox_events')).length

describe('The outbox', () => {
  it('holds an event with the transaction that writes it, and only what somebody is told of', async () => {
    await event()
    await event('role.created')
    expect(await left()).toBe(1)
    const undone = clone.sql(
      `WITH e AS (INSERT INTO audit_events (id, actor_name, action, target_type, target_id, tenant_ids)
         VALUES (gen_random_uuid(), 'Ada', 'token.created', 'token', 'x', '{}') RETURNING 1)
       SELECT 1 / (count(*) - 1) FROM e`,
    )
    await expect(undone).rejects.toThrow('division by zero')
    expect(await left()).toBe(1)
  })

  it('passes each event on once, to whichever of two processes', async () => {
    const ids = []
    for (let at = 0; at < 20; at += 1) ids.push(await event())
    const seen: string[] = []
    const options = {
      prisma: database.prisma,
      listeners: [async (_: unknown, { id }: { id: string }) => void seen.push(id)],
      onError: () => undefined,
    }
    const stops = [passOnEvents(options), passOnEvents(options)]
    await eventually(async () => (await left()) === 0)
    await Promise.all(stops.map((stop) => stop()))
    expect(seen.sort()).toEqual(ids.sort())
  })

  it('keeps an event that could not be passed on for later, undoes what was begun, and goes on', async () => {
    const [bad, good] = [await event(), await event()]
    const errors: unknown[] = []
    const done: string[] = []
    const options = {
      prisma: database.prisma,
      listeners: [
        async (
          tx: Parameters<Parameters<typeof passOnOne>[0]['listeners'][0]>[0],
          one: { id: string },
        ) => {
          await tx.permission.create({
            data: { name: `x.p${one.id.slice(-6)}`, scope: 'tenant', description: '' },
          })
          if (one.id === bad) throw new Error('not now')
          done.push(one.id)
        },
      ],
      onError: (error: unknown) => void errors.push(error),
    }
    while (await passOnOne(options));
    expect(done).toEqual([good])
    expect(errors).toEqual([new Error('not now')])
    const rows = await clone.sql('SELECT event_id, due_at > now() AS later FROM outbox_events')
    expect(rows).toEqual([{ event_id: bad, later: true }])
    expect(await clone.sql(`SELECT 1 FROM permissions WHERE name LIKE 'x.p%'`)).toHaveLength(1)
  })
})
