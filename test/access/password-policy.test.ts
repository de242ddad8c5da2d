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

const holder = { email: 'ada.lovelace@engines.example', name: 'Ada Lovelace' }
const check = (password: string, field = 'password') =>
  requirePasswordPolicy(opened.prisma, field, password, holder)

describe('A password', () => {
  it('has at least as many characters as the platform asks for, counted as people count', async () => {
    const phrase = 'wrong zebra charger paperclip'
    const pictures = '😀🐎🔋📎🌊🎻🥐🪁🧭🏺🦉🪵'
    await expect(check(phrase.slice(0, 12))).resolves.toBeUndefined()
    await expect(check(pictures)).resolves.toBeUndefined()
    await expect(check(phrase.slice(0, 11))).rejects.toMatchObject({
      statusCode: 400,
      message: 'password must have at least 12 characters',
    })
    await expect(check(pictures.slice(2), 'new_password')).rejects.toMatchObject({
      extras: { errors: [{ field: 'new_password', message: 'must have at least 12 characters' }] },
    })
    await database.sql('UPDATE settings SET password_min_length = 20')
    await expect(check(phrase.slice(0, 19))).rejects.toThrow('at least 20 characters')
    await expect(check(phrase.slice(0, 20))).resolves.toBeUndefined()
    await database.sql('UPDATE settings SET password_min_length = 12')
  })

  it.each([
    'ada.lovelace@engines.example',
    'ADA.LOVELACE@ENGINES.EXAMPLE',
    'lovelace lovelace',
    'AdaLovelace1!',
    'Ada-Lovelace-99',
    'postern-postern',
    'engines.example123',
    'ＬＯＶＥＬＡＣＥlovelace',
  ])('is not made of what everybody knows of its holder: %s', async (password) => {
    await expect(check(password)).rejects.toMatchObject({
      statusCode: 400,
      extras: {
        errors: [
          { field: 'password', message: 'must be made of more than your name and e-mail address' },
        ],
      },
    })
  })

  it.each([
    'qwerty123456',
    '1qaz2wsx3edc4rfv',
    'PasswordPassword',
    'Password12345',
    '!!!sunshine!',
    'dragonmonkey',
    'ｑｗｅｒｔｙｑｗｅｒｔｙ',
    'aaaaaaaaaaaa',
    'abc9abc9abc9ab',
    '😀'.repeat(12),
    'abcdefghijklmnop',
    '9876543210987',
    'abcdefgh2468',
    '1234567890ab',
  ])('is not one of those that everybody tries first: %s', async (password) => {
    await expect(check(password)).rejects.toMatchObject({
      statusCode: 400,
      extras: {
        errors: [{ field: 'password', message: 'must not be one that is easily guessed' }],
      },
    })
  })

  it.each([
    'lovelace likes long walks',
    'my dragon is a shadow',
    'correct horse',
    'приветмирдлинный',
  ])('has no other rules: %s', async (password) => {
    await expect(check(password)).resolves.toBeUndefined()
  })

  it('counts an accented letter as one, however it was typed', async () => {
    await database.sql('UPDATE settings SET password_min_length = 12')
    const typed = 'éèàùâêîôûëïü'.normalize('NFD')
    await expect(check(typed.slice(2))).rejects.toThrow('at least 12')
    await expect(check(typed)).resolves.toBeUndefined()
  })

  it('may be longer than anyone types', () => {
    expect(passwordMaxLength).toBeGreaterThanOrEqual(64)
  })
})
