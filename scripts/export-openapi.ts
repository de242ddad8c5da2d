import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { buildApp } from '../src/app.ts'
import { systemClock } from '../src/clock.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/db/database.ts'

const file = 'openapi/openapi.json'

/**
 * Writes the OpenAPI document of the code, or with `--check` fails where the committed one differs.
 * The app is built and never listens; no database is asked.
 */
const database = openDatabase({
  url: 'postgresql://127.0.0.1:1/none',
  poolSize: 2,
  onError: () => undefined,
})
const app = await buildApp({
  config: readConfig({}),
  database,
  signingSecret: randomBytes(32),
  clock: systemClock,
  randomBytes,
  logger: false,
})
await app.ready()
const exported = `${JSON.stringify(app.swagger(), null, 2)}\n`
await app.close()
await database.close()

if (!process.argv.includes('--check')) {
  await writeFile(file, exported)
} else if (exported !== (await readFile(file, 'utf8'))) {
  console.error(`${file} is not what the code says: npm run openapi`)
  process.exit(1)
}
