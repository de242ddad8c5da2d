import type { Config } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { AlreadyRunning } from '../db/embedded/claim.ts'
import { embeddedDatabase, startCluster } from '../db/embedded/cluster.ts'
import { urlOfRunning } from '../db/embedded/running.ts'
import { migrate } from '../db/migrate.ts'

/**
 * The database of this installation, whether its server runs or not: that of DATABASE_URL, or else the
 * embedded one, which is started where no server has done so. A restored one may be of an older version,
 * and is brought to this one. Answers how to close it.
 */
export async function openInstallation(
  config: Config,
): Promise<{ database: Database; close: () => Promise<void> }> {
  const { url, stop } = await find(config)
  try {
    await migrate(url)
    const onError = (error: Error) => console.error(`A database connection broke: ${error.message}`)
    const database = openDatabase({ url, poolSize: 2, onError, isForWork: true })
    const close = async () => {
      await database.close()
      await stop()
    }
    return { database, close }
  } catch (error) {
    await stop()
    throw error
  }
}

async function find({ DATABASE_URL, DATA_DIR }: Config) {
  const leave = async () => undefined
  if (DATABASE_URL !== undefined) return { url: DATABASE_URL, stop: leave }
  try {
    const cluster = await startCluster({
      dataDirectory: DATA_DIR,
      onCrash: (exitCode) =>
        console.error(`The embedded PostgreSQL ended (exit code ${exitCode}); starting it again`),
    })
    await cluster.ensureDatabase(embeddedDatabase)
    return { url: cluster.url(embeddedDatabase), stop: cluster.stop }
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    return { url: urlOfRunning(DATA_DIR, embeddedDatabase), stop: leave }
  }
}
