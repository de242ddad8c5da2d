import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { openDatabase } from '../src/db/database.ts'
import { cursorOf } from '../src/http/cursor.ts'
import { makeCallers, usualTenants } from './plans/callers.ts'
import { type SeededDatabase, startSeeded } from './plans/cluster.ts'
import { measureLists } from './plans/lists.ts'
import { type Measured, measuring } from './plans/measure.ts'
import { measureOthers, measureUpkeep } from './plans/others.ts'
import { tableOf } from './plans/report.ts'
import { faultsOf, reasonsUsed } from './plans/rules.ts'
import { spawnPostern } from './processes/spawn-postern.ts'

/**
 * `npm run verify:plans`: how does PostgreSQL answer each list of the API where there are a million tokens?
 * Everything is asked of a real server, and each statement is explained as it was run. `-- --keep /tmp/plans`
 * keeps the seeded database for the next run (seeding takes minutes), `--tokens 100000` makes a smaller one,
 * `--only listUsers` asks what contains that, `--json plans.json` writes what was measured.
 */
const { values } = parseArgs({
  options: {
    tokens: { type: 'string', default: '1000000' },
    keep: { type: 'string' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
})
const database = await startSeeded(Number(values.tokens), values.keep ?? null)
try {
  const measured = await measureAll(database, values.only)
  if (values.json) writeFileSync(values.json, JSON.stringify(measured))
  console.log(tableOf(measured))
  for (const line of reasonsUsed(measured)) console.log(line)
  const faults = faultsOf(measured)
  for (const fault of faults) console.error(`NOT OK  ${fault}`)
  console.log(`${measured.length} calls, ${faults.length} not as they should be`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await database.stop()
}

async function measureAll({ url, client, logFile }: SeededDatabase, only: string) {
  const callers = await makeCallers(client)
  const known = await knownOf(client)
  const settings = { DATABASE_URL: url, RATE_LIMIT_PER_MINUTE: '1000000' }
  // What a worker asks the database would be taken for what a list asks.
  const postern = await spawnPostern({ ...settings, WORKER: 'off' })
  const { pool, close } = openDatabase({ url, poolSize: 2, onError: () => undefined })
  try {
    const measure = measuring(postern.url, logFile)
    const lists = await measureLists(measure, callers, known, only)
    const [administrator] = callers
    const others: Measured[] =
      only === '' && administrator
        ? [
            ...(await measureOthers(measure, client, administrator, known)),
            ...(await measureUpkeep(pool, logFile)),
          ]
        : []
    return [...lists, ...others]
  } finally {
    await postern.stop()
    await close()
  }
}

/** What stands in the place of the names in braces of plans/requests.ts. */
async function knownOf(client: pg.Client) {
  const { rows: events } = await client.query(
    `SELECT id, at, actor_id AS actor, target_id AS target, correlation_id AS correlation FROM audit_events
     WHERE action = 'token.created' AND correlation_id IS NOT NULL ORDER BY at OFFSET 5000 LIMIT 1`,
  )
  const { rows: roles } = await client.query(
    `SELECT (SELECT id FROM roles WHERE name LIKE 'role of%' ORDER BY id LIMIT 1) AS role,
       (SELECT id FROM roles WHERE name = 'admin') AS rare_role,
       (SELECT identity_id FROM personnel_events LIMIT 1) AS identity`,
  )
  const { few } = await usualTenants(client)
  return { ...events[0], ...roles[0], cursor: cursorOf(events[0]), small_tenant: few[0] ?? '' }
}
