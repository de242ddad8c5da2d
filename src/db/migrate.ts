import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { noFilters, openSchemaEngine } from './schema-engine.ts'

const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const migrationFile = 'migration.sql'

/** Any number that nothing else on the database uses; the same in every version of Postern. */
const advisoryLock = 7_261_837_401

/** A database that hangs is away like one that refuses; the start tries again (until-there.ts). */
const connectMs = 3000

/**
 * Brings the database to the schema of this version. Processes that start together wait for one
 * another: the first applies what is missing, the others find nothing to do.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectMs })
  lock.on('error', () => undefined)
  await lock.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [advisoryLock])
    await apply(databaseUrl, await interruptedMigrations(lock))
  } finally {
    await lock.end()
  }
}

/**
 * Migrations that began and did not end: they failed, or the process was killed. Each is one
 * transaction, so nothing of them is there, and they may run again.
 */
async function interruptedMigrations(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS found")
  if (tables[0].found === null) return []
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
  return rows.map(({ migration_name }) => migration_name)
}

async function apply(databaseUrl: string, interrupted: string[]): Promise<void> {
  const { engine, close, scriptError } = await openSchemaEngine(databaseUrl)
  try {
    for (const migrationName of interrupted) await engine.markMigrationRolledBack({ migrationName })
    await engine.applyMigrations({ migrationsList: migrationsList(), filters: noFilters })
  } catch (cause) {
    const { message } = scriptError() ?? (cause as Error)
    throw new Error(`The database could not be brought to this version: ${message}`, { cause })
  } finally {
    await close()
  }
}

function migrationsList() {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: directory,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(`${directory}/migration_lock.toml`, 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: migrationFile,
        content: {
          tag: 'ok' as const,
          value: readFileSync(`${directory}/${name}/${migrationFile}`, 'utf8'),
        },
      },
    })),
  }
}
