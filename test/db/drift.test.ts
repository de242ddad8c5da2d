import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemaDiff } from '../../scripts/schema-diff.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

/** The statements that lead from the database to schema.prisma. */
async function statements(): Promise<string[]> {
  const script = await schemaDiff(database.url, 'database')
  return script.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('--'))
}

describe('schema.prisma', () => {
  it('agrees with what the migrations make', async () => {
    expect(await statements()).toEqual([])
  })

  it.each([
    ['a column too many', 'ALTER TABLE tenants ADD COLUMN more text', 'DROP COLUMN "more"'],
    ['a column of another type', 'ALTER TABLE roles ALTER version TYPE bigint', '"version"'],
    ['an index too few', 'DROP INDEX tenants_slug_key', 'tenants_slug_key'],
  ])('is seen to depart from a database with %s', async (_, departure, named) => {
    await database.sql(departure)
    expect((await statements()).join('\n')).toContain(named)
  })
})
