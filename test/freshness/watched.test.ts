import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authoritiesStatements, authorityStatements } from '../../src/access/authority-query.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { type Watched, watchedTables } from './watched.ts'

let database: TestDatabase
let watched: Map<string, Watched>
beforeAll(async () => {
  database = await cloneDatabase()
  watched = await watchedTables(database)
})
afterAll(() => database.drop())

/** Every column that the statements read, as PostgreSQL itself finds it: they become views for it. */
async function columnsRead(): Promise<Map<string, string[]>> {
  const texts = [...Object.values(authorityStatements), ...Object.values(authoritiesStatements)]
  for (const { name, text } of texts) {
    await database.sql(`CREATE VIEW ${name} AS ${text.replaceAll('$1', 'NULL')}`)
  }
  const rows = await database.sql<{ table_name: string; columns: string[] }>(
    `SELECT table_name::text, array_agg(DISTINCT column_name::text ORDER BY column_name::text) AS columns
     FROM information_schema.view_column_usage
     WHERE view_name = ANY ($1) AND table_schema = 'public' GROUP BY table_name`,
    [texts.map(({ name }) => name)],
  )
  return new Map(rows.map((row) => [row.table_name, row.columns]))
}

/** What the database refuses to change, whoever asks (`refuse_token_change`), need not be watched. */
const neverChanges: Record<string, string[]> = {
  tokens: ['expires_at', 'name', 'owner_id', 'permissions', 'tenants', 'token_hash'],
}

describe('the triggers of the feed', () => {
  it('watch every column that an authority is read from', async () => {
    const read = await columnsRead()
    expect([...read.keys()].sort()).toEqual([...watched.keys()].sort())
    for (const [table, columns] of read) {
      const known = [...(watched.get(table)?.columns ?? []), ...(neverChanges[table] ?? [])]
      expect({ table, forgotten: columns.filter((one) => !known.includes(one)) }).toEqual({
        table,
        forgotten: [],
      })
    }
  })

  it.each(
    Object.entries(neverChanges).flatMap(([table, columns]) => columns.map((c) => [table, c])),
  )('need not watch %s.%s, which never changes', async (table, column) => {
    const [body] = await database.sql<{ source: string }>(
      `SELECT prosrc AS source FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE tgrelid = $1::regclass AND tgname = 'tokens_never_change' AND tgenabled <> 'D'`,
      [table],
    )
    const free = /to_jsonb\(NEW\) - '\{([^}]*)\}'/.exec(body?.source ?? '')?.[1]?.split(',')
    expect(free).toContain('revoked_at')
    expect(free).not.toContain(column)
  })

  it('watch what takes away and what gives', () => {
    const events = Object.fromEntries([...watched].map(([table, { events }]) => [table, events]))
    const losses = ['DELETE', 'TRUNCATE', 'UPDATE']
    const all = ['DELETE', 'INSERT', 'TRUNCATE', 'UPDATE']
    expect(events).toEqual({
      tokens: losses,
      sessions: losses,
      users: losses,
      roles: losses,
      tenants: losses,
      tenant_blocks: all,
      tenant_scopes: all,
      grants: all,
    })
  })
})
