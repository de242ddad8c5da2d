import { accessTokens } from '../../src/access/access-token.ts'
import { systemClock } from '../../src/clock.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { feedReader } from '../../src/freshness/feed.ts'
import { clientOf } from '../support/client.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { type Given, givenOf } from '../support/given.ts'

export type FeedScene = {
  database: TestDatabase
  opened: Database
  given: Given
  look: ReturnType<typeof feedReader>['look']
  /** What the next look reports. */
  changes(): Promise<unknown>
  end(): Promise<void>
}

/** A database of its own, and somebody who looks at its feed as a server does. */
export async function feedScene(): Promise<FeedScene> {
  const database = await cloneDatabase()
  const opened = openDatabase({
    url: database.url,
    poolSize: 4,
    onError: () => undefined,
    patience: 4,
  })
  const feed = feedReader(opened.connect)
  const tokens = accessTokens(Buffer.from('x'), '', systemClock)
  return {
    database,
    opened,
    given: givenOf(database, clientOf('http://127.0.0.1:1'), tokens),
    look: feed.look,
    changes: async () => (await feed.look()).changes,
    async end() {
      await feed.close()
      await opened.close()
      await database.drop()
    },
  }
}
