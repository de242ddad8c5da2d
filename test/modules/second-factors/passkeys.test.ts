import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { authenticator } from '../../support/authenticator.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { comparable, cookieOf } from '../sign-in/people.ts'
import { refused } from '../users/expected.ts'
import {
  addPasskey,
  begin,
  environment,
  finish,
  origin,
  setPolicy,
  signIn,
  withPasskey,
  withTotp,
} from './enrolled.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())
afterEach(() => setPolicy(server, 'optional'))

type Device = ReturnType<typeof authenticator>
type Odd = Parameters<Device['get']>[1]

const ask = async () => (await server.call('POST', '/auth/passkey/options')).body
const enter = (passkey: object) => server.call('POST', '/auth/passkey', { body: { passkey } })
const signInWith = async (device: Device, odd?: Odd) => enter(device.get(await ask(), odd))
const passkeysOf = async (as: string) =>
  (await server.call('GET', '/me/second-factors', { as })).body.passkeys
const strangeKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** What may come to us instead of what was asked for. */
const oddities: [string, Odd][] = [
  ['another page made it', { origin: 'http://localhost:3001' }],
  ['a page of another host made it', { origin: 'https://evil.example' }],
  ['it is bound to another host', { rpId: 'evil.example' }],
  ['it answers another challenge', { challenge: 'AAAA' }],
  ['it was made for another ceremony', { type: 'webauthn.other' }],
  ['its user was not verified', { userVerified: false }],
  ['its user was not there', { userPresent: false }],
]

describe('POST /me/passkeys/options', () => {
  it('asks for a passkey of this host that its owner unlocks and that a sign-in finds by itself', async () => {
    const { as, email, id } = await signIn(server)
    const { status, body, headers } = await server.call('POST', '/me/passkeys/options', { as })

    expect(status).toBe(200)
    expect(body).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'localhost', name: 'Postern' },
      user: { name: email, id: Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
      attestation: 'none',
    })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('names those that there are, so that no device gets a second one', async () => {
    const { as, device } = await withPasskey(server)
    const { body } = await server.call('POST', '/me/passkeys/options', { as })
    expect(body.excludeCredentials).toEqual([
      { id: device.id, type: 'public-key', transports: ['internal'] },
    ])
  })
})

describe('POST /me/passkeys', () => {
  it('keeps it under its name', async () => {
    const { as } = await signIn(server)
    const answer = await addPasskey(server, as, authenticator(origin))

    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: expect.any(String),
      name: 'Laptop',
      is_backed_up: false,
      created_at: expect.any(String),
      last_used_at: null,
    })
    expect(await passkeysOf(as)).toEqual([answer.body])
  })

  it.each(oddities)('refuses it where %s, and keeps nothing', async (_, odd) => {
    const { as } = await signIn(server)
    const options = (await server.call('POST', '/me/passkeys/options', { as })).body
    const body = { name: 'Laptop', passkey: authenticator(origin).create(options, odd) }

    const answer = await refused(server, 'POST', '/me/passkeys', { as, body })

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([
      { field: 'passkey', message: 'does not answer the challenge' },
    ])
  })

  it('refuses what answers the challenge of another session, of another person, or one twice', async () => {
    const { as, id } = await signIn(server)
    const strangers = [await server.given.session(id), await signIn(server)]
    for (const stranger of strangers) {
      const options = (await server.call('POST', '/me/passkeys/options', stranger)).body
      const body = { name: 'Laptop', passkey: authenticator(origin).create(options) }
      expect((await refused(server, 'POST', '/me/passkeys', { as, body })).status).toBe(400)
    }
    const options = (await server.call('POST', '/me/passkeys/options', { as })).body
    const send = () => {
      const body = { name: 'Laptop', passkey: authenticator(origin).create(options) }
      return server.call('POST', '/me/passkeys', { as, body })
    }
    expect([(await send()).status, (await send()).status]).toEqual([201, 400])
  })

  it('refuses one that somebody has already, and the eleventh', async () => {
    const { device } = await withPasskey(server)
    const { as } = await signIn(server)
    expect((await addPasskey(server, as, device)).status).toBe(409)
    for (let count = 0; count < 10; count += 1) {
      expect((await addPasskey(server, as, authenticator(origin))).status).toBe(201)
    }
    expect((await addPasskey(server, as, authenticator(origin))).status).toBe(409)
  })

  it('is refused while second factors are off', async () => {
    const { as } = await signIn(server)
    await setPolicy(server, 'off')
    expect((await refused(server, 'POST', '/me/passkeys/options', { as })).status).toBe(409)
  })
})

describe('A sign-in with a passkey alone', () => {
  it('asks for whichever the person has, and signs in whose it is', async () => {
    const { device, id } = await withPasskey(server)
    const options = await ask()
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(options.allowCredentials).toBeUndefined()

    const answer = await enter(device.get(options))

    expect(answer.status).toBe(200)
    expect(cookieOf(answer.headers)).not.toBe('')
    const as: string = answer.body.access_token
    const me = await server.call('GET', '/me', { as })
    expect(me.body.id).toBe(id)
    const [session] = await server.database.sql('SELECT auth_methods FROM sessions WHERE id = $1', [
      me.body.credential.id,
    ])
    expect(session).toEqual({ auth_methods: ['passkey'] })
    expect((await passkeysOf(as))[0].last_used_at).toEqual(expect.any(String))
  })

  it.each<[string, Odd]>([
    ...oddities,
    ['another key signed it', { signedWith: strangeKey }],
    ['it names somebody else', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['it does not say whose it is', { userHandle: '' }],
  ])('is refused where %s, with one answer, and begins no session', async (_, odd) => {
    const { device, id } = await withPasskey(server)
    const before = await server.database.sql('SELECT id FROM sessions WHERE user_id = $1', [id])

    const passkey = device.get(await ask(), odd)
    if (odd?.userHandle === '') Reflect.deleteProperty(passkey.response, 'userHandle')
    const answer = await enter(passkey)
    const unknown = await signInWith(authenticator(origin), { userHandle: 'AAAA' })

    expect(answer.status).toBe(401)
    expect(comparable(answer)).toBe(comparable(unknown))
    expect(await server.database.sql('SELECT id FROM sessions WHERE user_id = $1', [id])).toEqual(
      before,
    )
    expect((await signInWith(device)).status).toBe(200)
  })

  it('is refused a second time with what signed in once, and with what comes too late', async () => {
    const { device } = await withPasskey(server)
    const passkey = device.get(await ask())
    expect((await enter(passkey)).status).toBe(200)
    expect((await enter(passkey)).status).toBe(401)
    const late = device.get(await ask())
    await server.database.sql('UPDATE sign_in_challenges SET expires_at = now()')
    expect((await enter(late)).status).toBe(401)
  })

  it('is refused where the count of uses does not grow, for then there are two of it', async () => {
    const { device } = await withPasskey(server)
    expect((await signInWith(device, { counter: 41 })).status).toBe(200)
    expect((await signInWith(device, { counter: 41 })).status).toBe(401)
    expect((await signInWith(device, { counter: 7 })).status).toBe(401)
    expect((await signInWith(device, { counter: 42 })).status).toBe(200)
  })

  it('takes one that never counts', async () => {
    const { device } = await withPasskey(server)
    for (const counter of [0, 0]) expect((await signInWith(device, { counter })).status).toBe(200)
  })

  it('answers no challenge that was made for a second factor', async () => {
    const { device, email } = await withPasskey(server)
    const { body } = await begin(server, email)
    expect((await enter(device.get(body.passkey_options))).status).toBe(401)
    const own = await ask()
    expect((await finish(server, own.challenge, { passkey: device.get(own) })).status).toBe(401)
  })

  it('is refused to who is deactivated or deleted, and to a service account', async () => {
    const { sql } = server.database
    const one = await withPasskey(server)
    await sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [one.id])
    expect((await signInWith(one.device)).status).toBe(401)
    await sql(`UPDATE users SET status = 'active' WHERE id = $1`, [one.id])
    expect((await signInWith(one.device)).status).toBe(200)
    await sql(`UPDATE users SET is_service_account = true, email = NULL WHERE id = $1`, [one.id])
    expect((await signInWith(one.device)).status).toBe(401)
    const account = await server.given.serviceAccount([])
    await expect(
      sql('UPDATE passkeys SET user_id = $1 WHERE id = $2', [account, one.passkey_id]),
    ).resolves.toBeDefined()
    expect((await signInWith(one.device)).status).toBe(401)
    await expect(
      sql(
        `INSERT INTO passkeys (id, user_id, name, credential_id, public_key, transports)
         SELECT gen_random_uuid(), $1, 'x', 'x', '', '{}'`,
        [account],
      ),
    ).rejects.toThrow('a service account has no second factor')
  })

  it('leaves nothing of somebody who was deleted', async () => {
    const { as, id } = await withPasskey(server)
    await withTotp(server, { as, id } as never)
    await server.call('POST', '/me/recovery-codes', { as })
    const { as: by } = await server.given.admin()

    expect((await server.call('DELETE', `/users/${id}`, { as: by })).status).toBe(204)

    for (const table of ['passkeys', 'totp_factors', 'recovery_codes', 'sign_in_challenges']) {
      const rows = await server.database.sql(`SELECT 1 FROM ${table} WHERE user_id = $1`, [id])
      expect({ table, rows }).toEqual({ table, rows: [] })
    }
  })
})

describe('A passkey as a second factor', () => {
  it('ends a sign-in that a password began', async () => {
    const { device, email } = await withPasskey(server)
    const { body } = await begin(server, email)
    expect(body).toMatchObject({
      methods: ['passkey'],
      passkey_options: {
        challenge: body.challenge,
        rpId: 'localhost',
        allowCredentials: [{ id: device.id, type: 'public-key' }],
      },
    })

    const passkey = device.get(body.passkey_options)

    expect((await finish(server, body.challenge, { passkey })).status).toBe(200)
  })

  it('of somebody else is none', async () => {
    const [one, other] = [await withPasskey(server), await withPasskey(server)]
    const { body } = await begin(server, one.email)
    const passkey = other.device.get(body.passkey_options)
    expect((await finish(server, body.challenge, { passkey })).status).toBe(401)
  })
})

describe('PATCH and DELETE /me/passkeys/{id}', () => {
  it('rename and forget one’s own', async () => {
    const { as, passkey_id, device } = await withPasskey(server)
    const path = `/me/passkeys/${passkey_id}`

    const renamed = await server.call('PATCH', path, { as, body: { name: 'Phone' } })
    expect(renamed).toMatchObject({ status: 200, body: { id: passkey_id, name: 'Phone' } })
    expect((await passkeysOf(as))[0].name).toBe('Phone')

    expect((await server.call('DELETE', path, { as })).status).toBe(204)
    expect(await passkeysOf(as)).toEqual([])
    expect((await signInWith(device)).status).toBe(401)
    expect((await server.call('DELETE', path, { as })).status).toBe(404)
  })

  it('find no other’s', async () => {
    const { passkey_id } = await withPasskey(server)
    const { as } = await signIn(server)
    const path = `/me/passkeys/${passkey_id}`
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(404)
    const body = { name: 'Mine' }
    expect((await refused(server, 'PATCH', path, { as, body })).status).toBe(404)
  })

  it('leave the last factor where one is required, and let another go', async () => {
    const { as, passkey_id } = await withPasskey(server)
    const path = `/me/passkeys/${passkey_id}`
    await setPolicy(server, 'required')
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(409)
    await addPasskey(server, as, authenticator(origin))
    expect((await server.call('DELETE', path, { as })).status).toBe(204)
  })
})
