import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused, systemPrincipal, unknownId, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const administratorOf = (tenant_id: string) =>
  server.given.person({ tenants: [tenant_id], grants: [{ role: 'tenant-admin', tenant_id }] })

/** A person with a password, deactivated through the API. */
async function deactivated(tenant_id: string, as: string) {
  const { given, call, database } = server
  const user = await given.person({ tenants: [tenant_id] })
  await database.sql(`UPDATE users SET password_hash = 'set' WHERE id = $1`, [user.id])
  const live = await given.token(user.id, { tenants: [tenant_id] })
  const revoked = await given.token(user.id, { tenants: [tenant_id], revoked: true })
  await call('POST', `/users/${user.id}/deactivate`, { as })
  return { ...user, live, revoked }
}

describe('POST /users/{id}/activate, 200', () => {
  it('revives the session and the token that were not revoked, and only these', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await deactivated(tenant.id, as)
    const alive = async () => {
      const credentials = [user.as, user.live.as, user.revoked.as]
      const answers = await Promise.all(credentials.map((one) => call('GET', '/me', { as: one })))
      return answers.map(({ status }) => status)
    }
    expect(await alive()).toEqual([401, 401, 401])

    const { status, body } = await call('POST', `/users/${user.id}/activate`, { as })

    expect(status).toBe(200)
    expect(body).toMatchObject({ id: user.id, status: 'active', tenants: [tenant.id] })
    expect(await alive()).toEqual([200, 200, 401])
  })

  it('invites again a person who never set a password, whose link then works', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const created = await call('POST', '/users', {
      as,
      body: { email: 'again@example.com', name: 'Again', tenants: [] },
    })
    const path = `/users/${created.body.id}`
    await call('POST', `${path}/deactivate`, { as })

    const { body } = await call('POST', `${path}/activate`, { as })

    expect(body.status).toBe('invited')
    const token = created.body.invitation_url.split('token=')[1]
    const accepted = await call('POST', '/auth/accept-invitation', {
      body: { token, password: 'a long enough password' },
    })
    expect(accepted.status).toBe(204)
  })

  it.each([
    [
      'an identity provider',
      async (id: string) => {
        const provider = await server.given.identityProvider()
        await server.given.externalIdentity(id, provider)
      },
    ],
    ['a passkey', async (id: string) => void (await server.given.passkey(id))],
  ])(
    'makes active, and not invited, who signs in by %s and never had a password',
    async (_, add) => {
      const { given, call, database } = server
      const { as } = await given.admin()
      const { id } = await given.person()
      await database.sql('UPDATE users SET password_hash = NULL WHERE id = $1', [id])
      await add(id)
      await call('POST', `/users/${id}/deactivate`, { as })
      const { body } = await call('POST', `/users/${id}/activate`, { as })
      expect(body.status).toBe('active')
    },
  )

  it('makes active, and not invited, who has signed in before and could by nothing now', async () => {
    const { given, call, database } = server
    const { as } = await given.admin()
    const { id } = await given.person()
    await database.sql(
      'UPDATE users SET password_hash = NULL, last_sign_in_at = now() WHERE id = $1',
      [id],
    )
    await call('POST', `/users/${id}/deactivate`, { as })
    expect((await call('POST', `/users/${id}/activate`, { as })).body.status).toBe('active')
  })

  it('makes a service account active, which never has a password', async () => {
    const { given, call, database } = server
    const { as } = await given.admin()
    const [account] = await database.sql<{ id: string }>(
      `INSERT INTO users (id, is_service_account, name, status)
       VALUES (gen_random_uuid(), true, 'Robot', 'deactivated') RETURNING id`,
    )
    const { body } = await call('POST', `/users/${account?.id}/activate`, { as })
    expect(body).toMatchObject({ is_service_account: true, status: 'active' })
  })

  it.each(['active', 'invited'])('leaves a user who is %s as they are', async (status) => {
    const { given, call, traces } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id], status })
    const before = await traces()
    const answer = await call('POST', `/users/${user.id}/activate`, { as })
    expect([answer.status, answer.body.status]).toEqual([200, status])
    expect(await traces()).toEqual(before)
  })
})

describe('POST /users/{id}/activate, refused', () => {
  it('names the permission that is held nowhere', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const user = await deactivated(tenant.id, (await administratorOf(tenant.id)).as)
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.update'], tenant_id: tenant.id }],
    })
    const path = `/users/${user.id}/activate`
    const { status, body } = await refused(server, 'POST', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.deactivate',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('keeps a tenant’s administrator from bringing back a platform administrator', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'admin' }],
      status: 'deactivated',
    })
    expect((await refused(server, 'POST', `/users/${user.id}/activate`, { as })).status).toBe(403)
  })

  it('needs the permission in every tenant of the user', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const caller = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.deactivate'], tenant_id: a.id }],
    })
    const user = await given.person({ tenants: [a.id, b.id], status: 'deactivated' })
    const path = `/users/${user.id}/activate`
    const { status, body } = await refused(server, 'POST', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ tenant_id: b.id, leg: 'owner_permission' })
  })

  it('answers 404 alike for whatever the caller may not see', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(own.id)
    const stranger = await given.person({ tenants: [foreign.id], status: 'deactivated' })
    const path = (id: string) => `/users/${id}/activate`
    const unknown = await refused(server, 'POST', path(unknownId), { as })
    for (const id of [stranger.id, systemPrincipal, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'POST', path(id), { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('refuses a deactivated caller who would bring themselves back', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const caller = await administratorOf(tenant.id)
    await call('POST', `/users/${caller.id}/deactivate`, { as: caller.as })
    const path = `/users/${caller.id}/activate`
    expect((await refused(server, 'POST', path, { as: caller.as })).status).toBe(401)
  })
})
