import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedPruner } from '../../src/freshness/prune.ts'
import { type FeedScene, feedScene } from './scene.ts'

let scene: FeedScene
let slow: pg.Client
beforeAll(async () => {
  scene = await feedScene()
  await scene.database.sql('DELETE FROM authority_changes')
  slow = new pg.Client({ connectionString: scene.database.url })
  await slow.connect()
})
afterAll(async () => {
  await slow.end()
  await scene.end()
})

const insert = `INSERT INTO authority_changes (kind, keys, at)
  VALUES ('owner', '{}', now() - interval '11 minutes') RETURNING id`

async function left(): Promise<string[]> {
  const rows = await scene.database.sql<{ id: string }>(
    'SELECT id FROM authority_changes ORDER BY id',
  )
  return rows.map(({ id }) => id)
}

describe('pruning the feed', () => {
  it('deletes what could be seen for ten minutes, however long its transaction took before that', async () => {
    const prune = feedPruner(scene.opened.pool)
    await slow.query('BEGIN')
    const [mine] = (await slow.query(insert)).rows
    await scene.database.sql(insert)
    await prune()
    expect(await left()).toHaveLength(1)

    await slow.query('COMMIT')
    await prune()
    expect(await left()).toEqual([mine.id])
    await prune()
    expect(await left()).toEqual([])
  })

  it('keeps what is younger than ten minutes', async () => {
    const prune = feedPruner(scene.opened.pool)
    await scene.database.sql(
      `INSERT INTO authority_changes (kind, keys, at) VALUES ('owner', '{}', now() - interval '9 minutes')`,
    )
    await prune()
    await prune()
    expect(await left()).toHaveLength(1)
  })
})
