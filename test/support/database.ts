import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { template } from './constants.ts'

export type TestDatabase = {
  url: string
  /** As the owner of the database, whom no trigger but those of the schema stops. */
  sql: <Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ) => Promise<Row[]>
  drop(): Promise<void>
}

const urlOf = (database: string) =>
  (process.env['TEST_CLUSTER'] ?? '').replace('DATABASE', database)

/** A database of this test file's own, cloned from the template. */
export async function cloneDatabase(from: string | null = template): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(`CREATE DATABASE ${name}${from === null ? '' : ` TEMPLATE ${from}`}`)
  const pool = new pg.Pool({ connectionString: urlOf(name), max: 3 })
  pool.on('error', () => undefined)
  return {
    url: urlOf(name),
    sql: async (text, values) => (await pool.query(text, values)).rows as never,
    async drop() {
      await pool.end()
      await administer(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Clones wait for one another: PostgreSQL copies a template for one at a time. */
async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock(1)')
    await client.query(statement)
  } finally {
    await client.end()
  }
}
