import { accessTokens } from '../../../src/access/access-token.ts'
import { systemClock } from '../../../src/clock.ts'
import { cloneDatabase } from '../../support/database.ts'
import { givenOf } from '../../support/given.ts'
import { type ServerProcess, startProcess } from '../../support/process.ts'

/** Server processes on one database of their own, and what a test needs in it. */
export async function startProcesses(count: number) {
  const database = await cloneDatabase()
  const [key] = await database.sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
  const start = () => startProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'info' })
  const processes: ServerProcess[] = []
  for (let at = 0; at < count; at += 1) processes.push(await start())
  const [first] = processes as [ServerProcess]
  const tokens = accessTokens(key?.secret ?? Buffer.alloc(0), '', systemClock)
  return {
    database,
    processes,
    given: givenOf(database, first.call, tokens),
    async restart(at: number) {
      await processes[at]?.stop()
      processes[at] = await start()
    },
    async close() {
      for (const each of processes) await each.stop()
      await database.drop()
    },
  }
}
