import { randomBytes } from 'node:crypto'
import { buildApp } from '../../../src/app.ts'
import { systemClock } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { openDatabase } from '../../../src/db/database.ts'
import { plants } from './plants.ts'

/** The server with something wrong in it: `node test/freshness/planted/server.ts <plant>`. */
const plant = plants[process.argv[2] ?? '']
if (!plant) throw new Error(`Nothing to plant: ${process.argv[2]}`)
const config = readConfig(process.env)
const database = openDatabase({
  url: config.DATABASE_URL ?? '',
  poolSize: config.DATABASE_POOL_SIZE,
  onError: (error) => console.error(error.message),
})
const key = await database.prisma.signingKey.findFirstOrThrow()
const app = await buildApp({
  config,
  database: { ...database, connect: plant(database.connect) },
  signingSecret: key.secret,
  clock: systemClock,
  randomBytes,
  logger: { level: config.LOG_LEVEL },
})
await app.listen({ host: config.HOST, port: config.PORT })
