import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await cloneDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const statements = [
  `UPDATE audit_events SET actor_name = 'nobody'`,
  'UPDATE audit_events SET at = at WHERE false OR true',
  'DELETE FROM audit_events',
  'TRUNCATE audit_events',
  'TRUNCATE audit_events CASCADE',
]

async function refusal(statement: string): Promise<string | null> {
  return client.query(statement).then(
    () => null,
    (error) => error.code,
  )
}

const events = () => database.sql('SELECT * FROM audit_events ORDER BY id')

describe('audit_events', () => {
  it('holds an event to begin with', async () => {
    expect(await events()).not.toEqual([])
  })

  it.each(statements)('refuses to its owner, by trigger: %s', async (statement) => {
    const before = await events()
    expect(await refusal(statement)).toBe('23001')
    expect(await events()).toEqual(before)
  })

  it.each([
    ...statements,
    'DROP TABLE audit_events',
    'ALTER TABLE audit_events DISABLE TRIGGER ALL',
    'DROP TRIGGER audit_events_append_only ON audit_events',
    `CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql
       AS 'BEGIN RETURN NEW; END'`,
    'SET session_replication_role = replica',
  ])('refuses to the application’s role: %s', async (statement) => {
    const before = await events()
    // As one script, so that the role ends with it.
    const code = await refusal(`SET LOCAL ROLE postern_app; ${statement}`)
    expect(code).not.toBeNull()
    if (!statement.startsWith('SET')) expect(code).toBe('42501')
    expect(await events()).toEqual(before)
  })

  it('takes new events from the application’s role', async () => {
    const before = await events()
    const insert = `INSERT INTO audit_events (id, actor_name, action, target_type, target_id, tenant_ids)
      VALUES (gen_random_uuid(), 'test', 'test.done', 'test', 'x', '{}')`
    expect(await refusal(`SET LOCAL ROLE postern_app; ${insert}`)).toBeNull()
    expect(await events()).toHaveLength(before.length + 1)
  })
})
