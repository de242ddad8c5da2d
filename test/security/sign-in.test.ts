import { createHmac, randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { newUser, password } from '../modules/sign-in/people.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const login = (email: string, secret = password) =>
  server.call('POST', '/auth/login', { body: { email, password: secret } })

/** A token for this session, right but for what is given; signed with the key that signs ours. */
async function forged(change: { alg?: string; typ?: string; issuer?: string; key?: Uint8Array }) {
  const person = await server.given.person()
  const [row] = await server.database.sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
  const ours = createHmac('sha256', row?.secret ?? '')
    .update('')
    .digest()
  return new SignJWT({ sid: person.session_id })
    .setProtectedHeader({ alg: change.alg ?? 'HS256', typ: change.typ ?? 'at+jwt' })
    .setSubject(person.id)
    .setIssuer(change.issuer ?? 'postern')
    .setAudience('postern')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(change.key ?? ours)
}

const me = async (as: string) => (await server.call('GET', '/me', { as })).status

describe('Signing in', () => {
  it('GHSA-26c5-ppr8-f33p: is refused to a deactivated user who is given a password', async () => {
    const user = await newUser(server, { status: 'deactivated' })
    const before = await server.traces()
    expect((await login(user.email)).status).toBe(401)
    expect(await server.traces()).toEqual(before)
  })

  it('GHSA-26c5-ppr8-f33p: is refused to who was invited, then deactivated, and sets a password now', async () => {
    const { given, call, database } = server
    const admin = await given.admin()
    const email = `late-${admin.id}@example.com`
    const made = await call('POST', '/users', {
      as: admin.as,
      body: { email, name: 'Late', tenants: ['any'] },
    })
    await call('POST', `/users/${made.body.id}/deactivate`, { as: admin.as })
    const token = new URL(made.body.invitation_url).hash.replace('#token=', '')
    const accepted = await call('POST', '/auth/accept-invitation', { body: { token, password } })
    expect(accepted.status).toBe(400)
    expect((await login(email)).status).toBe(401)
    const [row] = await database.sql('SELECT password_hash FROM users WHERE email = $1', [email])
    expect(row).toEqual({ password_hash: null })
  })

  it('CVE-2025-22234: costs a password of 73 bytes and more what any other costs, user or not', async () => {
    const passwords = bcryptPasswords(8)
    const hash = await passwords.hash(password)
    const classes = {
      wrong: ['wrong', hash],
      'wrong, 73 bytes': ['x'.repeat(73), hash],
      'wrong, 1024 bytes': ['x'.repeat(1024), hash],
      'no user': [password, null],
      'no user, 73 bytes': ['x'.repeat(73), null],
    } as const
    const times: Record<string, number[]> = {}
    for (let round = 0; round < 15; round += 1) {
      for (const [name, [secret, of]] of Object.entries(classes)) {
        const start = process.hrtime.bigint()
        expect(await passwords.verify(secret, of)).toBe(false)
        times[name] = [...(times[name] ?? []), Number(process.hrtime.bigint() - start)]
      }
    }
    // The fastest of each is what it costs where nothing disturbs; one without the hash would be 0.
    const costs = Object.values(times).map((each) => Math.min(...each))
    expect(Math.min(...costs)).toBeGreaterThan(Math.max(...costs) / 3)
  })

  it('CVE-2025-22234: answers a password of 73 bytes as any other wrong one', async () => {
    const user = await newUser(server)
    const answers = []
    for (const email of [user.email, 'nobody@example.com']) {
      const { status, body } = await login(email, 'x'.repeat(73))
      answers.push([status, body.error, body.message])
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(401)
  })
})

describe('An access token', () => {
  it('CVE-2026-22817: is verified by our algorithm, whatever its header says', async () => {
    expect(await me(await forged({}))).toBe(200)
    expect(await me(await forged({ alg: 'HS384' }))).toBe(401)
    expect(await me(await forged({ alg: 'HS512' }))).toBe(401)
    const [header = '', payload] = (await forged({})).split('.')
    for (const alg of ['none', 'None', 'NONE', 'RS256', 'ES256', '']) {
      const told = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), alg }
      const encoded = Buffer.from(JSON.stringify(told)).toString('base64url')
      for (const signature of ['', randomBytes(32).toString('base64url')]) {
        expect(await me(`${encoded}.${payload}.${signature}`)).toBe(401)
      }
    }
  })

  it('CVE-2026-14336: is of our issuer to the letter', async () => {
    const issuers = [
      'postern.evil',
      'postern@evil',
      'postern/',
      'Postern',
      'postern ',
      'poster',
      '',
    ]
    for (const issuer of issuers) {
      expect([issuer, await me(await forged({ issuer }))]).toEqual([issuer, 401])
    }
  })
})
