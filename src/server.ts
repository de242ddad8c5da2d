import { randomBytes } from 'node:crypto'
import closeWithGrace from 'close-with-grace'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { bcryptPasswords } from './access/passwords.ts'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { embeddedDatabase, startCluster } from './db/embedded/cluster.ts'
import { migrate } from './db/migrate.ts'
import { untilThere } from './db/until-there.ts'
import { prepare } from './first-run.ts'
import { drainBeforeClose } from './http/drain.ts'
import { redact, serializers } from './http/logging.ts'
import { openWaitingRoom } from './http/waiting-room.ts'
import { installJobs } from './jobs/install.ts'
import type { App } from './operation.ts'
import { openPlaces } from './sessions/places.ts'
import { runWorker, type WorkerOptions } from './worker.ts'

const drainMs = 10_000
/** An import has three: for its lock and its rows, for what it reads, and to look whether it is canceled. */
const workerPoolSize = 8

/** What has been started and must end, the last first. */
type Ends = (() => Promise<unknown>)[]

/** The process: settings, database, server, and an orderly end. */
async function start(): Promise<void> {
  const config = readConfig(process.env)
  const placeOf = await openPlaces(config.GEOIP_DATABASE)
  const ends: Ends = []
  let ending: Promise<void> | undefined
  // A signal may come while it starts: both then wait for the same end.
  const endAll = () => {
    ending ??= endInTurn(ends)
    return ending
  }
  closeWithGrace({ delay: drainMs }, async ({ err }) => {
    if (err) console.error('Stopping after an error:', err)
    await endAll()
  })
  try {
    const url = config.DATABASE_URL ?? (await startEmbedded(config, ends))
    const { prepared, leaveWaitingRoom } = await bringUp(config, url)
    const { database, signingSecret, firstAdministrator } = prepared
    ends.push(database.close)
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
      placeOf,
      logger: loggerOf(config),
    })
    drainBeforeClose(app)
    // Side by side: either may need seconds, and there are ten.
    const sides: Ends = [() => app.close()]
    ends.push(() => Promise.all(sides.map((end) => end())))
    await app.ready()
    await leaveWaitingRoom()
    await app.listen({ host: config.HOST, port: config.PORT })
    if (config.WORKER === 'on') {
      sides.push(await startWorking(app, { config, url, signingSecret, placeOf }))
    }
  } catch (error) {
    await endAll()
    throw error
  }
}

/** Answers how to stop: what is not done soon is cut off, and begun anew by whoever works next. */
async function startWorking(
  { log }: App,
  { url, ...given }: Pick<WorkerOptions, 'config' | 'signingSecret' | 'placeOf'> & { url: string },
): Promise<() => Promise<void>> {
  const database = openDatabase({
    url,
    poolSize: workerPoolSize,
    onError: (error) => console.error(`A database connection broke: ${error.message}`),
    isForWork: true,
  })
  const terminal = (text: string) => void process.stdout.write(text)
  const stop = await runWorker({ ...given, database, randomBytes, log, terminal })
  return async () => {
    await stop()
    database.cut()
    await database.close()
  }
}

async function endInTurn(ends: Ends): Promise<void> {
  for (let end = ends.pop(); end; end = ends.pop()) await end()
}

const loggerOf = ({ LOG_LEVEL }: Config) => ({ level: LOG_LEVEL, serializers, redact })

/** Brings the database to this version, and waits for it where it is not there yet, answering meanwhile. */
async function bringUp(config: Config, url: string) {
  const waiting: Ends = []
  const prepared = await untilThere(
    () => prepareDatabase(config, url),
    async ({ message }) => {
      console.error(`The database is not there yet, trying again: ${message}`)
      if (waiting.length > 0) return
      waiting.push(
        await openWaitingRoom({
          config,
          randomBytes,
          logger: { ...loggerOf(config), level: 'warn' },
        }),
      )
    },
  )
  const leaveWaitingRoom = async () => {
    for (const leave of waiting) await leave()
  }
  return { prepared, leaveWaitingRoom }
}

async function prepareDatabase(config: Config, url: string) {
  await migrate(url)
  await installJobs(url)
  const database = openDatabase({
    url,
    poolSize: config.DATABASE_POOL_SIZE,
    onError: (error) => console.error(`A database connection broke: ${error.message}`),
  })
  const passwords = bcryptPasswords(config.BCRYPT_COST)
  try {
    const { prisma } = database
    return { database, ...(await prepare({ prisma, config, passwords, randomBytes })) }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function startEmbedded(config: Config, ends: Ends): Promise<string> {
  const cluster = await startCluster({
    dataDirectory: config.DATA_DIR,
    onCrash: (exitCode) =>
      console.error(`The embedded PostgreSQL ended (exit code ${exitCode}); starting it again`),
  })
  ends.push(cluster.stop)
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
