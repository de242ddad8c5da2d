import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passwordMaxLength, requirePasswordPolicy } from '../../src/access/password-policy.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let opened: Database
beforeAll(async () => {
  database = await cloneDatabase()
  opened = openDatabase({ url: database.url, poolSize: 2, onError: () => undefined })
})
afterAll(async () => {
  await opened.close()
  await database.drop()
})

const check = (password: string, field = 'password') =>
  requirePasswordPolicy(opened.prisma, field, password)

describe('A password', () => {
  it('has at least as many characters as the platform asks for, counted as people count', async () => {
    await expect(check('a'.repeat(12))).resolves.toBeUndefined()
    await expect(check('😀'.repeat(12))).resolves.toBeUndefined()
    await expect(check('a'.repeat(11))).rejects.toMatchObject({
      statusCode: 400,
      message: 'password must have at least 12 characters',
    })
    await expect(check('😀'.repeat(11), 'new_password')).rejects.toMatchObject({
      extras: { errors: [{ field: 'new_password', message: 'must have at least 12 characters' }] },
    })
    await database.sql('UPDATE settings SET password_min_length = 20')
    await expect(check('a'.repeat(19))).rejects.toThrow('at least 20 characters')
    await expect(check('a'.repeat(20))).resolves.toBeUndefined()
  })

  it('may be longer than anyone types', () => {
    expect(passwordMaxLength).toBeGreaterThanOrEqual(64)
  })
})
