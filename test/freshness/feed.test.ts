import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { feedReader } from '../../src/freshness/feed.ts'
import { type FeedScene, feedScene } from './scene.ts'

let scene: FeedScene
/** Somebody else's connection, past the API. */
let other: pg.Client
beforeAll(async () => {
  scene = await feedScene()
  other = new pg.Client({ connectionString: scene.database.url })
  await other.connect()
  await scene.look()
})
afterAll(async () => {
  await other.end()
  await scene.end()
})

const deactivate = (id: string) => `UPDATE users SET status = 'deactivated' WHERE id = '${id}'`
const owner = (...ids: string[]) => ids.map((id) => ({ kind: 'owner', keys: [id] }))
const account = () => scene.given.serviceAccount([])

describe('a look', () => {
  it('knows nothing of what was before the first one', async () => {
    const { look, close } = feedReader(scene.opened.connect)
    expect((await look()).changes).toBeNull()
    expect((await look()).changes).toEqual([])
    await close()
  })

  it('brings along the clock of the database at a moment after it was sent', async () => {
    const [before] = await scene.database.sql<{ at: Date }>('SELECT clock_timestamp() AS at')
    const { now } = await scene.look()
    const [after] = await scene.database.sql<{ at: Date }>('SELECT clock_timestamp() AS at')
    expect(now.getTime()).toBeGreaterThanOrEqual(before!.at.getTime())
    expect(now.getTime()).toBeLessThanOrEqual(after!.at.getTime())
  })

  it('reports each change once when it is committed, in whatever order that is', async () => {
    const [early, late] = [await account(), await account()]
    await other.query('BEGIN')
    await other.query(deactivate(early))
    expect(await scene.changes()).toEqual([])
    await scene.database.sql(deactivate(late))
    expect(await scene.changes()).toEqual(owner(late))
    expect(await scene.changes()).toEqual([])
    await other.query('COMMIT')
    expect(await scene.changes()).toEqual(owner(early))
    expect(await scene.changes()).toEqual([])
  })

  it('reports what a savepoint kept, and nothing of what was rolled back', async () => {
    const [kept, undone, never] = [await account(), await account(), await account()]
    await other.query(`BEGIN; SAVEPOINT a; ${deactivate(kept)}; RELEASE a`)
    await other.query(`SAVEPOINT b; ${deactivate(undone)}; ROLLBACK TO b; SAVEPOINT c`)
    expect(await scene.changes()).toEqual([])
    await other.query('COMMIT')
    expect(await scene.changes()).toEqual(owner(kept))

    await other.query(`BEGIN; ${deactivate(never)}; ROLLBACK`)
    expect(await scene.changes()).toEqual([])
  })

  it('reports a prepared transaction when that is committed, by whomever', async () => {
    const [id, never] = [await account(), await account()]
    await other.query(`BEGIN; ${deactivate(id)}; PREPARE TRANSACTION 'one'`)
    await other.query(`BEGIN; ${deactivate(never)}; PREPARE TRANSACTION 'two'`)
    expect(await scene.changes()).toEqual([])
    await scene.database.sql(`COMMIT PREPARED 'one'`)
    await scene.database.sql(`ROLLBACK PREPARED 'two'`)
    expect(await scene.changes()).toEqual(owner(id))
  })

  it('knows nothing of what was before where its connection broke, and does not fail for that', async () => {
    const id = await account()
    await scene.look()
    await scene.database.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%authority_changes%' AND pid <> pg_backend_pid()`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    await scene.database.sql(deactivate(id))
    expect(await scene.changes()).toBeNull()
    expect(await scene.changes()).toEqual([])
  })

  it('is asked anew where the connection breaks under it', async () => {
    const made: pg.Client[] = []
    const { look, close } = feedReader(async () => {
      const client = await scene.opened.connect()
      made.push(client)
      return client
    })
    await look()
    const looking = look()
    // The question is on its way by now, and its answer is not here before the next turn of the loop.
    made[0]!.connection.stream.destroy()
    expect((await looking).changes).toBeNull()
    expect(made).toHaveLength(2)
    await close()
  })

  it('leaves no connection behind where it is closed while it connects', async () => {
    const made: pg.Client[] = []
    const { look, close } = feedReader(async () => {
      const client = await scene.opened.connect()
      made.push(client)
      return client
    })
    const looking = look()
    await close()
    await expect(looking).rejects.toThrow()
    expect(made).toHaveLength(1)
    await expect(made[0]!.query('SELECT 1')).rejects.toThrow(/closed|not queryable/)
  })

  it('that gets no answer fails in bounded time, and the next one knows of nothing before', async () => {
    const { opened, look, close } = impatient()
    await look()
    await other.query('BEGIN; LOCK TABLE authority_changes IN ACCESS EXCLUSIVE MODE')
    const startedAt = performance.now()
    try {
      await expect(look()).rejects.toThrow(/timeout/)
      expect(performance.now() - startedAt).toBeLessThan(4000)
    } finally {
      await other.query('ROLLBACK')
    }
    expect((await look()).changes).toBeNull()
    expect((await look()).changes).toEqual([])
    await close()
    await opened.close()
  })
})

/** Who waits no longer than a server does. */
function impatient() {
  const opened = openDatabase({ url: scene.database.url, poolSize: 1, onError: () => undefined })
  return { opened, ...feedReader(opened.connect) }
}
