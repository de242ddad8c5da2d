import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { noFilters, openSchemaEngine } from '../../src/db/schema-engine.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const migrations = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
).length

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase(null)
})
afterAll(() => database.drop())

async function applied({ sql }: TestDatabase): Promise<number> {
  const rows = await sql(
    'SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const all = await sql('SELECT 1 FROM _prisma_migrations')
  expect(all).toHaveLength(rows.length)
  return rows.length
}

async function migrateInProcess(url: string): Promise<number> {
  const program = `
    import { migrate } from './src/db/migrate.ts'
    await migrate(process.argv[1])`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, url], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  return code
}

describe('migrate', () => {
  it('applies each migration once when five processes start on an empty database', async () => {
    const codes = await Promise.all(Array.from({ length: 5 }, () => migrateInProcess(database.url)))
    expect(codes).toEqual([0, 0, 0, 0, 0])
    expect(await applied(database)).toBe(migrations)
  }, 120_000)

  it('applies each migration once when one process calls it five times at once', async () => {
    const empty = await cloneDatabase(null)
    await Promise.all(Array.from({ length: 5 }, () => migrate(empty.url)))
    expect(await applied(empty)).toBe(migrations)
    await empty.drop()
  })

  it('changes nothing on a database that is up to date', async () => {
    const before = await database.sql('SELECT * FROM _prisma_migrations')
    await migrate(database.url)
    expect(await database.sql('SELECT * FROM _prisma_migrations')).toEqual(before)
  })

  // PostgreSQL lets go when it ends the connection, which is a little after the client has.
  it('holds no lock when it is done', async () => {
    await migrate(database.url)
    await eventually(async () => {
      const locks = await database.sql(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database =
           (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
      return locks.length === 0
    })
  })
})

describe('a start that fails in the middle of a migration', () => {
  it('says why, leaves nothing behind, and is made good by the next one', async () => {
    const empty = await cloneDatabase(null)
    const tables = () =>
      empty.sql<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables
         WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      )
    // The first migration makes one of this name after all its tables.
    await empty.sql(
      `CREATE FUNCTION check_new_token() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'`,
    )

    await expect(migrate(empty.url)).rejects.toThrow('function "check_new_token" already exists')
    expect(await tables()).toEqual([])
    expect(await empty.sql(`SELECT 1 FROM pg_type WHERE typname = 'tenant_type'`)).toEqual([])

    await empty.sql('DROP FUNCTION check_new_token()')
    await migrate(empty.url)
    expect(await tables()).not.toEqual([])
    expect(
      await empty.sql('SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL'),
    ).toHaveLength(migrations)
    await empty.drop()
  })
})

describe('a migration', () => {
  const apply = async (url: string, name: string, script: string) => {
    const { engine, close } = await openSchemaEngine(url)
    const content = { tag: 'ok' as const, value: script }
    try {
      await engine.applyMigrations({
        migrationsList: {
          baseDir: '/migrations',
          lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
          shadowDbInitScript: '',
          migrationDirectories: [{ path: name, migrationFile: { path: 'migration.sql', content } }],
        },
        filters: noFilters,
      })
    } finally {
      await close()
    }
  }
  const body = `CREATE FUNCTION half_one() RETURNS int LANGUAGE plpgsql AS $$
    BEGIN PERFORM 1; RETURN 2; END $$;`

  it('that fails half-way leaves nothing of itself behind', async () => {
    const empty = await cloneDatabase(null)
    const script = `CREATE TABLE half (id int); ${body} INSERT INTO half VALUES (1); SELECT 1 / 0;`
    await expect(apply(empty.url, '1_broken', script)).rejects.toThrow()
    const left = await empty.sql(`SELECT to_regclass('half') AS t, to_regproc('half_one') AS f`)
    expect(left).toEqual([{ t: null, f: null }])
    await empty.drop()
  })

  it('with semicolons inside a function body is applied whole', async () => {
    const empty = await cloneDatabase(null)
    await apply(empty.url, '1_sound', body)
    expect(await empty.sql('SELECT half_one() AS two')).toEqual([{ two: 2 }])
    await empty.drop()
  })
})
