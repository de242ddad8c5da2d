import { describe, expect, it } from 'vitest'
import { readCredential } from '../../src/access/credential.ts'
import { generateToken, hexHashOf } from '../../src/access/token.ts'
import { AppError } from '../../src/http/errors.ts'

const token = generateToken('postern', 'pat', (size) => Buffer.alloc(size, 3))
const asToken = { kind: 'personal_access_token', token_hash: hexHashOf(token) }

const read = (...values: string[]) =>
  readCredential(
    ['host', 'a', ...values.flatMap((value) => ['authorization', value]), 'x', 'y'],
    'postern',
  )

function refusal(attempt: () => unknown): AppError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('It was not refused')
}

describe('The Authorization header', () => {
  it.each([
    ['Bearer and a token', `Bearer ${token}`],
    ['bearer in lower case', `bearer ${token}`],
    ['BEARER in upper case', `BEARER ${token}`],
    ['more than one space', `Bearer    ${token}`],
    ['spaces at the ends', `  Bearer ${token}  `],
  ])('is a token with %s', (_, value) => {
    expect(read(value)).toEqual(asToken)
  })

  it.each(['authorization', 'Authorization', 'AUTHORIZATION'])('may be written %s', (name) => {
    expect(readCredential([name, `Bearer ${token}`], 'postern')).toEqual(asToken)
  })

  it('is a session where it has the three parts of a JSON Web Token', () => {
    expect(read('Bearer a.b.c')).toEqual({ kind: 'session', access_token: 'a.b.c' })
  })

  it.each([
    ['none', []],
    ['an empty one', ['']],
    ['one of spaces', ['   ']],
  ])('gets the bare challenge: %s', (_, values) => {
    const { code, extras } = refusal(() => read(...values))
    expect(code).toBe('unauthorized')
    expect(extras.headers).toEqual({ 'www-authenticate': 'Bearer realm="postern"' })
  })

  it.each([
    ['Bearer alone', 'Bearer'],
    ['Bearer and a space', 'Bearer '],
    ['Bearer and a tab', `Bearer\t${token}`],
    ['no space', `Bearer${token}`],
    ['a colon', `Bearer: ${token}`],
    ['the token alone', token],
    ['Basic', 'Basic YWRhOmxvdmVsYWNl'],
    ['Basic with the token', `Basic ${token}`],
    ['Token, as others have it', `Token ${token}`],
    ['a list', `Bearer ${token}, Bearer ${token}`],
    ['a list without spaces', `Bearer ${token},${token}`],
    ['two tokens', `Bearer ${token} ${token}`],
    ['a parameter', `Bearer ${token} realm="x"`],
    ['quotes', `Bearer "${token}"`],
    ['a tab in the token', `Bearer ${token.slice(0, 20)}\t${token.slice(21)}`],
    ['a NUL', `Bearer ${token}\0`],
    ['a line’s end', `Bearer ${token}\nx`],
    ['letters that are not ASCII', `Bearer ${token.slice(0, -1)}é`],
    ['a look-alike of a letter', `Bearer ${token.replace('p', 'р')}`],
    ['a space that is not ASCII', `Bearer\u00a0${token}`],
    [
      'a token of another deployment',
      `Bearer ${generateToken('acme', 'pat', (size) => Buffer.alloc(size))}`,
    ],
    ['a wrong checksum', `Bearer ${token.slice(0, -6)}000000`],
    ['two parts', 'Bearer a.b'],
    ['four parts', 'Bearer a.b.c.d'],
  ])('is refused as invalid, with %s', (_, value) => {
    const { code, message } = refusal(() => read(value))
    expect(code).toBe('unauthorized')
    expect(message).toBe('Invalid or expired authentication token')
  })

  it.each([
    ['one token twice', [`Bearer ${token}`, `Bearer ${token}`]],
    ['a token and a password', [`Bearer ${token}`, 'Basic YWRhOmxvdmVsYWNl']],
    ['a token and nothing', [`Bearer ${token}`, '']],
  ])('is refused where there are two: %s', (_, values) => {
    const { code, message } = refusal(() => read(...values))
    expect(code).toBe('validation_error')
    expect(message).toBe('Send one Authorization header')
  })

  it.each([
    ['no credential', ''],
    ['not a bearer credential', `Basic ${token}`],
    ['malformed', 'Bearer a.b'],
  ])('that is refused leaves its reason in the log, and not in the answer: %s', (reason, value) => {
    const { extras, message } = refusal(() => read(value))
    expect(extras.reason).toBe(reason)
    expect(message).toBe('Invalid or expired authentication token')
  })

  it('is not taken from the value of another header', () => {
    const raw = ['x', 'authorization', 'y', `Bearer ${token}`]
    expect(refusal(() => readCredential(raw, 'postern')).extras.reason).toBe('no credential')
  })

  it('never gets into the message of a refusal', () => {
    for (const value of [`Basic ${token}`, `Bearer ${token}x`, `Bearer ${token},${token}`]) {
      expect(JSON.stringify(refusal(() => read(value)))).not.toContain(token)
    }
  })
})
