import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { accessTokens } from '../../src/access/access-token.ts'
import { generateToken } from '../../src/access/token.ts'

const secret = randomBytes(32)
const now = 1_800_000_000
const clock =
  (seconds = now) =>
  () =>
    new Date(seconds * 1000)
const tokens = accessTokens(secret, '', clock())
const session = { user_id: 'ada', session_id: 'one' }

const keyOf = (databaseSecret: Uint8Array, environmentSecret = '') =>
  createHmac('sha256', databaseSecret).update(environmentSecret).digest()

const goodHeader = { alg: 'HS256', typ: 'at+jwt' }
const goodPayload = {
  sub: 'ada',
  sid: 'one',
  iss: 'postern',
  aud: 'postern',
  iat: now,
  exp: now + 900,
}

type Mutation = {
  header?: Partial<JWTHeaderParameters>
  payload?: Record<string, unknown>
  without?: keyof typeof goodPayload
  key?: Parameters<SignJWT['sign']>[0]
}

/** A token that is signed as ours are, but for what is given. */
function forged({ header, payload, without, key = keyOf(secret) }: Mutation): Promise<string> {
  const claims: Record<string, unknown> = { ...goodPayload, ...payload }
  if (without) delete claims[without]
  return new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ ...goodHeader, ...header })
    .sign(key)
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const refusal = { code: 'unauthorized', message: 'Invalid or expired authentication token' }

describe('An access token', () => {
  it('names its user and session, and nothing of what they may do', async () => {
    const token = await tokens.sign(session)
    const [header, payload] = token.split('.').map((part) => {
      return Buffer.from(part, 'base64url').toString()
    })
    expect(JSON.parse(header ?? '')).toEqual(goodHeader)
    expect(JSON.parse(payload ?? '')).toEqual(goodPayload)
    expect(await tokens.verify(token)).toEqual(session)
  })

  it('is accepted as these tests forge it, so that each refusal below is for its own reason', async () => {
    expect(await tokens.verify(await forged({}))).toEqual(session)
  })

  it.each(['kid', 'x5t', 'jku', 'x5u'])(
    'is accepted or not whatever its header says of a key in %s',
    async (name) => {
      const places = ['../../dev/null', "x' UNION SELECT ''::bytea --", 'https://evil.example/jwks']
      for (const place of places) {
        const header = { [name]: place }
        expect(await tokens.verify(await forged({ header }))).toEqual(session)
        // What an empty file, such a query and such an address would have given for a key.
        for (const key of [Buffer.alloc(32), Buffer.alloc(1), privateKey]) {
          const alg = key === privateKey ? 'ES256' : 'HS256'
          const forgery = await forged({ header: { ...header, alg }, key })
          await expect(tokens.verify(forgery)).rejects.toMatchObject(refusal)
        }
      }
    },
  )

  it('lives for a quarter of an hour, to the second', async () => {
    const token = await tokens.sign(session)
    expect(tokens.lifetimeSeconds).toBe(900)
    expect(await accessTokens(secret, '', clock(now + 899)).verify(token)).toEqual(session)
    await expect(accessTokens(secret, '', clock(now + 900)).verify(token)).rejects.toMatchObject(
      refusal,
    )
  })

  it('is good for every process on one database, and for no other deployment', async () => {
    const token = await tokens.sign(session)
    const replica = accessTokens(secret, '', clock())
    const stranger = accessTokens(randomBytes(32), '', clock())
    const withEnvironment = accessTokens(secret, 'e'.repeat(32), clock())
    expect(await replica.verify(token)).toEqual(session)
    await expect(stranger.verify(token)).rejects.toMatchObject(refusal)
    await expect(withEnvironment.verify(token)).rejects.toMatchObject(refusal)
    await expect(tokens.verify(await withEnvironment.sign(session))).rejects.toMatchObject(refusal)
  })
})

describe('An access token is refused', () => {
  it.each([
    ['another key', { key: keyOf(randomBytes(32)) }],
    ['an empty key', { key: Buffer.alloc(32) }],
    ['the secret itself for a key', { key: secret }],
    [
      'our key but HS512',
      { header: { alg: 'HS512' }, key: Buffer.concat([keyOf(secret), Buffer.alloc(32)]) },
    ],
    [
      'our key but HS384',
      { header: { alg: 'HS384' }, key: Buffer.concat([keyOf(secret), Buffer.alloc(16)]) },
    ],
    [
      'a key of its own, sent along',
      { header: { alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) }, key: privateKey },
    ],
    ['RS256 and a key pair of its own', { header: { alg: 'RS256' }, key: rsa.privateKey }],
    [
      'RS256 and a key pair of its own, sent along',
      {
        header: { alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) },
        key: rsa.privateKey,
      },
    ],
    [
      'the public key of somebody as a secret',
      { key: Buffer.from(rsa.publicKey.export({ format: 'pem', type: 'spki' })) },
    ],
    [
      'what makes an ID token of a provider for this client',
      {
        header: { alg: 'RS256', typ: 'JWT', kid: '1' },
        payload: { iss: 'https://login.example.com', nonce: 'n', auth_time: now },
        without: 'sid',
        key: rsa.privateKey,
      },
    ],
    [
      'all of an ID token but our key',
      { header: { typ: 'JWT' }, payload: { iss: 'https://login.example.com' }, without: 'sid' },
    ],
    ['another type', { header: { typ: 'JWT' } }],
    ['no type', { header: { typ: undefined } }],
    ['another issuer', { payload: { iss: 'https://accounts.example.com' } }],
    ['no issuer', { without: 'iss' }],
    ['another audience', { payload: { aud: 'billing' } }],
    ['no audience', { without: 'aud' }],
    ['an end that has come', { payload: { exp: now } }],
    ['an end long past', { payload: { exp: now - 900 } }],
    ['no end', { without: 'exp' }],
    ['an end in words', { payload: { exp: String(now + 900) } }],
    ['an end within a second', { payload: { exp: now + 900.5 } }],
    ['an end beyond all numbers', { payload: { exp: 1e300 } }],
    ['an end that is null', { payload: { exp: null } }],
    ['a beginning in the future', { payload: { nbf: now + 60 } }],
    ['no user', { without: 'sub' }],
    ['an empty user', { payload: { sub: '' } }],
    ['no session', { without: 'sid' }],
    ['a session that is a number', { payload: { sid: 1 } }],
    ['a session that is a list', { payload: { sid: ['one'] } }],
    ['no time of issue', { without: 'iat' }],
    ['a time of issue in words', { payload: { iat: String(now) } }],
  ] satisfies [string, unknown][] as [string, Mutation][])('with %s', async (_, mutation) => {
    await expect(tokens.verify(await forged(mutation))).rejects.toMatchObject(refusal)
  })

  it('with RS256 in its header, and signed with our key', async () => {
    const input = `${encoded({ ...goodHeader, alg: 'RS256' })}.${encoded(goodPayload)}`
    const signature = createHmac('sha256', keyOf(secret)).update(input).digest('base64url')
    await expect(tokens.verify(`${input}.${signature}`)).rejects.toMatchObject(refusal)
  })

  it.each(['none', 'None', 'NONE', ''])('with alg %j, signed or not', async (alg) => {
    const [, , signature] = (await forged({})).split('.')
    const unsigned = `${encoded({ ...goodHeader, alg })}.${encoded(goodPayload)}.`
    await expect(tokens.verify(unsigned)).rejects.toMatchObject(refusal)
    await expect(tokens.verify(unsigned + signature)).rejects.toMatchObject(refusal)
  })

  it.each([
    ['no signature', (head: string, body: string) => `${head}.${body}.`],
    [
      'half a signature',
      (head: string, body: string, sign: string) => `${head}.${body}.${sign.slice(0, 20)}`,
    ],
    [
      'another payload',
      (head: string, _: string, sign: string) =>
        `${head}.${encoded({ ...goodPayload, sub: 'eve' })}.${sign}`,
    ],
    [
      'another header',
      (_: string, body: string, sign: string) =>
        `${encoded({ ...goodHeader, kid: 'x' })}.${body}.${sign}`,
    ],
    ['two parts', (head: string, body: string) => `${head}.${body}`],
    ['a part too many', (head: string, body: string, sign: string) => `${head}.${body}.${sign}.`],
    [
      'the parts of an encrypted one',
      (head: string, body: string, sign: string) => `${head}.${body}.${sign}.${body}.${sign}`,
    ],
    ['nothing between its dots', () => '..'],
    ['no JSON in it', () => `${Buffer.from('{').toString('base64url')}.e30.e30`],
  ])('with %s', async (_, mutate) => {
    const [head = '', body = '', signature = ''] = (await forged({})).split('.')
    await expect(tokens.verify(mutate(head, body, signature))).rejects.toMatchObject(refusal)
  })

  it.each([
    ['is not', { crit: ['x'], x: 1 }],
    ['changes what is signed', { crit: ['b64'], b64: false }],
    ['is none', { crit: [] }],
  ])('with an extension that must be understood and %s', async (_, more) => {
    const input = `${encoded({ ...goodHeader, ...more })}.${encoded(goodPayload)}`
    const signature = createHmac('sha256', keyOf(secret)).update(input).digest('base64url')
    await expect(tokens.verify(`${input}.${signature}`)).rejects.toMatchObject(refusal)
  })

  it.each([
    ['an end that has come', { payload: { exp: now } }, /^access token: .*"exp"/],
    ['another issuer', { payload: { iss: 'eve' } }, /^access token: .*"iss"/],
    ['another key', { key: keyOf(randomBytes(32)) }, /^access token: .*signature/],
    ['a session that is a number', { payload: { sid: 1 } }, /^access token: malformed$/],
  ] satisfies [string, Mutation, RegExp][])(
    'and the log, not the caller, learns why: %s',
    async (_, mutation, reason) => {
      await expect(tokens.verify(await forged(mutation))).rejects.toMatchObject({
        ...refusal,
        extras: { reason: expect.stringMatching(reason) },
      })
    },
  )

  it('where it is a personal access token', async () => {
    const token = generateToken('postern', 'pat', randomBytes)
    await expect(tokens.verify(token)).rejects.toMatchObject(refusal)
  })
})
