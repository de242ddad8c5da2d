import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { codeOf, environment, finish, withPasskey, withTotp } from '../second-factors/enrolled.ts'
import { cookieOf, newUser, password, refreshWith } from '../sign-in/people.ts'
import { instant, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())

const end = (id: string, as: string) => server.call('POST', `/users/${id}/end-credentials`, { as })
const login = async (email: string) =>
  server.call('POST', '/auth/login', { body: { email, password } })
const statusOf = async (as: string) => (await server.call('GET', '/me', { as })).status

describe('POST /users/{id}/end-credentials', () => {
  it('ends sessions, refresh cookies and tokens at once and for good, and says how many', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const user = await newUser(server)
    const signedIn = await login(user.email)
    const cookie = cookieOf(signedIn.headers)
    const [token, gone] = [
      await given.token(user.id, { name: 'one' }),
      await given.token(user.id, { revoked: true }),
    ]
    const stranger = await given.person()
    expect(await statusOf(token.as)).toBe(200)

    const { status, body } = await end(user.id, admin.as)

    expect({ status, body }).toEqual({
      status: 200,
      body: {
        credentials_valid_from: instant,
        sessions_ended: 1,
        tokens_revoked: 1,
        invitations_ended: 0,
        recovery_codes_deleted: 0,
        totp_deleted: 0,
        passkeys_deleted: 0,
        external_identities_deleted: 0,
        has_way_in: true,
      },
    })
    for (const as of [signedIn.body.access_token, token.as, gone.as]) {
      expect(await statusOf(as)).toBe(401)
    }
    expect((await refreshWith(server, cookie)).status).toBe(401)
    for (const as of [stranger.as, admin.as]) expect(await statusOf(as)).toBe(200)
    // What is made from now on counts, and the ended token takes no place among the three.
    const again = (await login(user.email)).body.access_token
    expect(await statusOf(again)).toBe(200)
    expect((await call('GET', '/me/tokens', { as: again })).body.total).toBe(0)
  })

  it('ends a link by which an invited person could have come in', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const email = 'invited@example.com'
    const invited = await call('POST', '/users', { as, body: { email, name: 'New', tenants: [] } })
    expect((await end(invited.body.id, as)).body.invitations_ended).toBe(1)
    const token = invited.body.invitation_url.split('token=')[1]
    const answer = await refused(server, 'POST', '/auth/accept-invitation', {
      body: { token, password },
    })
    expect(answer.status).toBe(400)
  })

  it('is refused to who has no say over the whole account, and ends nothing', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const grants = [{ permissions: ['users.deactivate'], tenant_id: a.id }]
    const { as } = await given.person({ tenants: [a.id], grants })
    const user = await given.person({ tenants: [a.id, b.id] })
    const path = `/users/${user.id}/end-credentials`
    expect((await refused(server, 'POST', path, { as })).status).toBe(403)
    expect(await statusOf(user.as)).toBe(200)
  })
})

describe('What somebody may have added to come again', () => {
  const { day, hour } = { day: "interval '1 day'", hour: "interval '1 hour'" }

  /** Somebody with an app, a passkey and a link of yesterday, and with some of now. */
  async function enrolled() {
    const { given, database } = server
    const owner = await withPasskey(server)
    const person = { ...owner, ...(await withTotp(server, owner)) }
    const { id, as } = person
    const old = await given.identityProvider()
    await given.externalIdentity(id, old)
    const tables = [
      ['totp_factors', 'confirmed_at'],
      ['passkeys', 'created_at'],
      ['external_identities', 'created_at'],
    ]
    for (const [table, column] of tables) {
      await database.sql(`UPDATE ${table} SET ${column} = now() - ${day} WHERE user_id = $1`, [id])
    }
    await given.passkey(id)
    await given.externalIdentity(id, await given.identityProvider())
    const codes = (await server.call('POST', '/me/recovery-codes', { as })).body.recovery_codes
    return { ...person, codes: codes as string[] }
  }
  const endWith = async (id: string, body?: object) => {
    const { as } = await server.given.admin()
    return server.call('POST', `/users/${id}/end-credentials`, { as, body })
  }
  const left = async (id: string) => {
    const [row] = await server.database.sql(
      `SELECT (SELECT count(*)::int FROM totp_factors WHERE user_id = $1) AS totp,
         (SELECT count(*)::int FROM passkeys WHERE user_id = $1) AS passkeys,
         (SELECT count(*)::int FROM external_identities WHERE user_id = $1) AS identities,
         (SELECT count(*)::int FROM recovery_codes WHERE user_id = $1) AS codes`,
      [id],
    )
    return row
  }

  it('is deleted with all else of its kind, unless it is said what stays; the password is a way in', async () => {
    const person = await enrolled()
    const bystander = await enrolled()
    const { body } = await endWith(person.id)
    expect(body).toMatchObject({
      recovery_codes_deleted: 10,
      totp_deleted: 1,
      passkeys_deleted: 2,
      external_identities_deleted: 2,
      has_way_in: true,
    })
    expect(await left(person.id)).toEqual({ totp: 0, passkeys: 0, identities: 0, codes: 0 })
    expect(await left(bystander.id)).toEqual({ totp: 1, passkeys: 2, identities: 2, codes: 10 })
    expect((await login(person.email)).body.access_token).toEqual(expect.any(String))
    expect((await login(bystander.email)).body.second_factor_required).toBe(true)
    const [event] = await server.database.sql(
      `SELECT after FROM audit_events WHERE action = 'user.credentials_ended' AND target_id = $1`,
      [person.id],
    )
    expect(event).toMatchObject({ after: { passkeys_deleted: 2, external_identities_deleted: 2 } })
  })

  it('is deleted alone where it is said since when, and the person’s own lets them in', async () => {
    const person = await enrolled()
    const { secret, device, email } = person
    const [{ since }] = (await server.database.sql(`SELECT now() - ${hour} AS since`)) as [
      { since: Date },
    ]
    const { body } = await endWith(person.id, { factors_since: since.toISOString() })
    expect(body).toMatchObject({
      totp_deleted: 0,
      passkeys_deleted: 1,
      external_identities_deleted: 1,
    })
    expect(await left(person.id)).toEqual({ totp: 1, passkeys: 1, identities: 1, codes: 0 })
    const begun = await login(email)
    expect(begun.body.methods).toEqual(['passkey', 'totp'])
    const passkey = device.get(begun.body.passkey_options)
    expect((await finish(server, begun.body.challenge, { passkey })).status).toBe(200)
    const code = codeOf(secret)
    const again = await finish(server, (await login(email)).body.challenge, { code })
    expect(again.status).toBe(200)
  })

  it('stays where it is said so, but no recovery code does', async () => {
    const person = await enrolled()
    await endWith(person.id, { factors_since: null })
    expect(await left(person.id)).toEqual({ totp: 1, passkeys: 2, identities: 2, codes: 0 })
    const { challenge } = (await login(person.email)).body
    const recovery_code = person.codes[0]
    expect((await finish(server, challenge, { recovery_code })).status).toBe(401)
  })

  it('stays, with all else, where who ends their own would lock themselves out', async () => {
    const { given } = server
    const admin = await given.admin()
    await given.externalIdentity(admin.id, await given.identityProvider())
    const path = `/users/${admin.id}/end-credentials`
    expect((await refused(server, 'POST', path, { as: admin.as })).status).toBe(409)
    expect(await left(admin.id)).toMatchObject({ identities: 1 })
    const kept = { as: admin.as, body: { factors_since: null } }
    expect((await server.call('POST', path, kept)).status).toBe(200)
  })

  it('is not taken by who holds less than the person: a password may be known', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const grants = [{ permissions: ['users.deactivate'], tenant_id: tenant.id }]
    const { as } = await given.person({ tenants: [tenant.id], grants })
    const target = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['audit.read'], tenant_id: tenant.id }],
    })
    const path = `/users/${target.id}/end-credentials`
    expect((await refused(server, 'POST', path, { as })).status).toBe(403)
    const kept = { as, body: { factors_since: null } }
    expect((await server.call('POST', path, kept)).status).toBe(200)
  })

  it('leaves who has no password without a way in, and tells so', async () => {
    const { given } = server
    const person = await given.person()
    await given.externalIdentity(person.id, await given.identityProvider())
    expect((await endWith(person.id, { factors_since: null })).body.has_way_in).toBe(true)
    expect((await endWith(person.id)).body.has_way_in).toBe(false)
  })

  it.each(['2026-11-20', 'now', '2016-12-31T23:59:60Z', '0000-06-01T00:00:00Z', 1])(
    'is not deleted since %j, which is no instant; nothing ends',
    async (factors_since) => {
      const person = await server.given.person()
      const { as } = await server.given.admin()
      const path = `/users/${person.id}/end-credentials`
      const { status, body } = await refused(server, 'POST', path, { as, body: { factors_since } })
      expect([status, body.errors[0].field]).toEqual([400, 'factors_since'])
      expect(await statusOf(person.as)).toBe(200)
    },
  )

  it.each([
    ['users', 'WHERE id = $1'],
    ['settings', 'WHERE $1::uuid IS NOT NULL'],
  ])(
    'is no recovery code of before the moment, though its row is there: by %s',
    async (table, where) => {
      const person = await enrolled()
      const finishBy = async (recovery_code: string | undefined) => {
        const { challenge } = (await login(person.email)).body
        return (await finish(server, challenge, { recovery_code })).status
      }
      expect(await finishBy(person.codes[0])).toBe(200)
      await server.database.sql(`UPDATE ${table} SET credentials_valid_from = now() ${where}`, [
        person.id,
      ])
      expect(await finishBy(person.codes[1])).toBe(401)
      await server.database.sql(`UPDATE ${table} SET credentials_valid_from = NULL ${where}`, [
        person.id,
      ])
      expect(await finishBy(person.codes[1])).toBe(200)
    },
  )
})

describe('What was made before the moment from which credentials count', () => {
  const moments: [string, string][] = [
    ['users', 'WHERE id = $1'],
    ['settings', 'WHERE $1::uuid IS NOT NULL'],
  ]

  it.each(moments)('is refused, though its row says nothing of it: by %s', async (table, where) => {
    const { given, database } = server
    const person = await given.person()
    const token = await given.token(person.id)
    const later = async (change: string) =>
      database.sql(`UPDATE ${table} SET credentials_valid_from = ${change} ${where}`, [person.id])
    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([200, 200])

    await later('now()')

    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([401, 401])
    const after = await given.session(person.id)
    expect(await statusOf(after.as)).toBe(200)
    // At the very moment is not after it.
    await later(`(SELECT created_at FROM sessions WHERE id = '${after.session_id}')`)
    expect(await statusOf(after.as)).toBe(401)
    await later('NULL')
    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([200, 200])
  })

  it.each(moments)('is no refresh cookie either: by %s', async (table, where) => {
    const { database } = server
    const { id, email } = await newUser(server)
    const cookie = cookieOf((await login(email)).headers)
    await database.sql(`UPDATE ${table} SET credentials_valid_from = now() ${where}`, [id])
    expect((await refreshWith(server, cookie)).status).toBe(401)
    await database.sql(`UPDATE ${table} SET credentials_valid_from = NULL ${where}`, [id])
  })
})
