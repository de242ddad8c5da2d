import { randomBytes } from 'node:crypto'
import closeWithGrace from 'close-with-grace'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { bcryptPasswords } from './access/passwords.ts'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { type Cluster, startCluster } from './db/embedded/cluster.ts'
import { migrate } from './db/migrate.ts'
import { prepare } from './first-run.ts'
import { redact, serializers } from './http/logging.ts'

const drainMs = 10_000
const embeddedDatabase = 'postern'

/** The process: settings, database, server, and an orderly end. */
async function start(): Promise<void> {
  const config = readConfig(process.env)
  const cluster = config.DATABASE_URL === undefined ? await startEmbedded(config) : null
  try {
    const url = config.DATABASE_URL ?? (await embeddedUrl(cluster))
    await migrate(url)
    const database = openDatabase({
      url,
      poolSize: config.DATABASE_POOL_SIZE,
      onError: (error) => console.error(`A database connection broke: ${error.message}`),
    })
    const { signingSecret, firstAdministrator } = await prepare({
      prisma: database.prisma,
      config,
      passwords: bcryptPasswords(config.BCRYPT_COST),
      randomBytes,
    })
    if (firstAdministrator) announce(firstAdministrator)
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const app = await buildApp({
      config,
      database,
      signingSecret,
      clock: systemClock,
      randomBytes,
      registry,
      logger: { level: config.LOG_LEVEL, serializers, redact },
    })
    closeWithGrace({ delay: drainMs, logger: app.log }, async ({ err }) => {
      if (err) app.log.fatal({ err }, 'stopping after an error')
      await app.close()
      await database.close()
      await cluster?.stop()
    })
    await app.listen({ host: config.HOST, port: config.PORT })
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

function startEmbedded(config: Config): Promise<Cluster> {
  return startCluster({
    dataDirectory: config.DATA_DIR,
    onCrash: (exitCode) =>
      console.error(`The embedded PostgreSQL ended (exit code ${exitCode}); starting it again`),
  })
}

async function embeddedUrl(cluster: Cluster | null): Promise<string> {
  if (!cluster) throw new Error('No database')
  await cluster.ensureDatabase(embeddedDatabase)
  return cluster.url(embeddedDatabase)
}

/** The password is in no log: it is shown on the terminal, this once. */
function announce({ email, password }: { email: string; password: string }): void {
  process.stdout.write(`
  The first administrator of this installation (shown once):
    e-mail    ${email}
    password  ${password}

`)
}

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
