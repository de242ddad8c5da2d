import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { type Cluster, startCluster } from '../../src/db/embedded/cluster.ts'
import { migrate } from '../../src/db/migrate.ts'
import { feedReader } from '../../src/freshness/feed.ts'
import { type FeedScene, feedScene } from './scene.ts'

let scene: FeedScene
let directory: string
let cluster: Cluster
const start = () =>
  startCluster({ dataDirectory: directory, settings: { fsync: 'off' }, onCrash: () => undefined })

beforeAll(async () => {
  scene = await feedScene()
  directory = mkdtempSync(join(tmpdir(), 'postern-other-server-'))
  chmodSync(directory, 0o755)
  cluster = await start()
  await cluster.ensureDatabase('other')
  await migrate(cluster.url('other'))
}, 60_000)
afterAll(async () => {
  await cluster.stop()
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  await scene.end()
})

/** One connection, as a pooler gives it: behind it another server may take over. */
async function throughPooler(urls: string[]) {
  const servers = await Promise.all(
    urls.map(async (connectionString) => {
      const client = new pg.Client({ connectionString })
      await client.connect()
      return client
    }),
  )
  let serving = 0
  const pooled = {
    query: (config: pg.QueryConfig) => servers[serving]!.query(config),
    once: () => undefined,
    end: () => Promise.all(servers.map((server) => server.end())),
  }
  const feed = feedReader(async () => pooled as unknown as pg.Client)
  return {
    ...feed,
    failOver: () => {
      serving = 1
    },
  }
}

describe('a look that another server answers', () => {
  it('knows nothing of what was before, however far that one has come', async () => {
    const other = cluster.url('other')
    for (const order of [
      [scene.database.url, other],
      [other, scene.database.url],
    ]) {
      const { look, failOver, close } = await throughPooler(order)
      await look()
      expect((await look()).changes).toEqual([])
      failOver()
      expect((await look()).changes).toBeNull()
      expect((await look()).changes).toEqual([])
      await close()
    }
  })

  it('is refused where that is a replica', async () => {
    await cluster.stop()
    writeFileSync(join(directory, 'postgres/standby.signal'), '')
    cluster = await start()
    const opened = openDatabase({
      url: cluster.url('other'),
      poolSize: 2,
      onError: () => undefined,
      patience: 4,
    })
    const { look, close } = feedReader(opened.connect)
    await expect(look()).rejects.toMatchObject({ code: 'service_unavailable' })
    await close()
    await opened.close()
  }, 60_000)
})
