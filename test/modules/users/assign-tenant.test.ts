import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { age } from '../second-factors/enrolled.ts'
import { idsOfNothing, refused, systemPrincipal, unknownId, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Someone who may say who is in two tenants, and a user who is in the first. */
async function scene(permissions: string[] = []) {
  const { given } = server
  const [a, b] = [await given.tenant('test'), await given.tenant('test')]
  const caller = await given.person({
    tenants: [a.id, b.id],
    grants: [{ permissions: ['tenants.members', ...permissions] }],
  })
  const user = await given.person({ tenants: [a.id] })
  return { a, b, caller, user }
}

describe('PUT /users/{id}/tenants/{tenant_id}, 200', () => {
  it('adds the tenant to the scope, in force at once', async () => {
    const { call, given } = server
    const { a, b, caller, user } = await scene()
    const { status, body } = await call('PUT', `/users/${user.id}/tenants/${b.id}`, {
      as: caller.as,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: user.id, tenants: [a.id, b.id] })
    await given.grant(user.id, { permissions: ['users.read'] })
    const authority = (await call('GET', '/me', { as: user.as })).body.authority
    expect(authority.map((entry: { tenant_id: string }) => entry.tenant_id).sort()).toEqual(
      [a.id, b.id].sort(),
    )
  })

  it('changes nothing the second time, and writes no second event', async () => {
    const { call, traces } = server
    const { b, caller, user } = await scene()
    const put = () => call('PUT', `/users/${user.id}/tenants/${b.id}`, { as: caller.as })
    const first = await put()
    const before = await traces()
    const second = await put()
    expect(second.status).toBe(200)
    expect(second.body).toEqual(first.body)
    expect(await traces()).toEqual(before)
  })

  it('adds one entry when many calls come at the same moment', async () => {
    const { call, database } = server
    const { b, caller, user } = await scene()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        call('PUT', `/users/${user.id}/tenants/${b.id}`, { as: caller.as }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const rows = await database.sql(
      'SELECT 1 FROM tenant_scopes WHERE user_id = $1 AND tenant_id = $2',
      [user.id, b.id],
    )
    expect(rows).toHaveLength(1)
  })

  it.each([['any'], ['type:test'], ['type:production']])(
    'takes the word %s from who holds the permission in all that it stands for',
    async (word) => {
      const { given, call } = server
      const user = await given.person()
      const { as } = await given.admin()
      const { status, body } = await call('PUT', `/users/${user.id}/tenants/${word}`, { as })
      expect([status, body.tenants]).toEqual([200, [word]])
    },
  )

  it('lets the caller assign where they hold all that the user’s grants would give', async () => {
    const { given, call } = server
    const { b, caller, user } = await scene(['users.read', 'policies.*', 'users.create'])
    await given.grant(user.id, { permissions: ['users.read', 'policies.*'] })
    await given.grant(user.id, { permissions: ['users.create'], tenant_id: b.id })
    const { status } = await call('PUT', `/users/${user.id}/tenants/${b.id}`, { as: caller.as })
    expect(status).toBe(200)
  })
})

describe('PUT /users/{id}/tenants/{tenant_id}, 403', () => {
  it('asks a person for a fresh sign-in, and gives nothing until then; a token is not asked', async () => {
    const { call, given } = server
    const { a, b, caller, user } = await scene()
    const { as } = await given.token(caller.id, {
      permissions: ['tenants.members'],
      tenants: [a.id, b.id],
    })
    await age(server, caller.session_id, 16)
    const path = `/users/${user.id}/tenants/${b.id}`

    const answer = await refused(server, 'PUT', path, { as: caller.as })

    expect([answer.status, answer.body.error]).toEqual([403, 'reauthentication_required'])
    const { body: me } = await call('GET', '/me', { as: user.as })
    expect(me.tenants).toEqual([a.id])
    expect((await call('PUT', path, { as })).status).toBe(200)
  })

  it('needs the permission in the tenant that is assigned', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const caller = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['tenants.members'], tenant_id: a.id }],
    })
    const user = await given.person({ tenants: [a.id] })
    const path = `/users/${user.id}/tenants/${b.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.members',
      tenant_id: b.id,
      leg: 'owner_permission',
    })
  })

  it('names the permission that is held nowhere', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.update'], tenant_id: tenant.id }],
    })
    const path = `/users/${caller.id}/tenants/${tenant.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'tenants.members', tenant_id: null })
  })

  it.each([['any'], ['type:test']])('refuses %s to who holds two tenants of it', async (word) => {
    const { caller, user } = await scene()
    const path = `/users/${user.id}/tenants/${word}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.members',
      tenant_id: word,
      leg: 'owner_tenant',
    })
  })

  it('keeps a caller from widening their own scope', async () => {
    const { caller } = await scene()
    const path = `/users/${caller.id}/tenants/any`
    expect((await refused(server, 'PUT', path, { as: caller.as })).status).toBe(403)
  })

  it.each([
    ['a permission', ['users.create'], ['users.read'], 'users.create'],
    ['a wildcard, of which each part is held', ['users.*'], ['users.read'], 'users.*'],
    ['the administrator’s wildcard', ['*.*'], ['users.*'], '*.*'],
  ])('refuses where a grant of the user would give %s', async (_, given, held, named) => {
    const { b, caller, user } = await scene(held)
    await server.given.grant(user.id, { permissions: given })
    const path = `/users/${user.id}/tenants/${b.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: named,
      tenant_id: b.id,
      leg: 'owner_permission',
    })
  })

  it('refuses to wake a grant in that tenant which gives more than the caller holds', async () => {
    const { b, caller, user } = await scene()
    await server.given.grant(user.id, { permissions: ['users.create'], tenant_id: b.id })
    const path = `/users/${user.id}/tenants/${b.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.create', tenant_id: b.id })
  })

  it('refuses to wake it by a word that stands for that tenant', async () => {
    const { given } = server
    const tenant = await given.tenant('test')
    const caller = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['tenants.members'] }],
    })
    const user = await given.person()
    await given.grant(user.id, { permissions: ['users.create'], tenant_id: tenant.id })
    const path = `/users/${user.id}/tenants/type:test`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.create', tenant_id: tenant.id })
  })

  it('refuses a token that lacks what its owner could give', async () => {
    const { given, call } = server
    const { a, b, caller, user } = await scene(['users.create'])
    await given.grant(user.id, { permissions: ['users.create'] })
    const token = await given.token(caller.id, {
      permissions: ['tenants.members'],
      tenants: [a.id, b.id],
    })
    const path = `/users/${user.id}/tenants/${b.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: token.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.create',
      tenant_id: b.id,
      leg: 'token_permission',
    })
    expect((await call('PUT', path, { as: caller.as })).status).toBe(200)
  })

  it('refuses a suspended tenant', async () => {
    const { given } = server
    const { a, user } = await scene()
    const suspended = await given.tenant('test', 'suspended')
    const caller = await given.person({
      tenants: [a.id, suspended.id],
      grants: [{ permissions: ['tenants.members'] }],
    })
    const path = `/users/${user.id}/tenants/${suspended.id}`
    const { status, body } = await refused(server, 'PUT', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ leg: 'tenant_status' })
  })
})

describe('PUT /users/{id}/tenants/{tenant_id}, 404', () => {
  it('answers alike for a user whom the caller may not see', async () => {
    const { given } = server
    const { a, caller } = await scene()
    const foreign = await given.person({ tenants: [(await given.tenant()).id] })
    const path = (id: string) => `/users/${id}/tenants/${a.id}`
    const unknown = await refused(server, 'PUT', path(unknownId), { as: caller.as })
    for (const id of [foreign.id, systemPrincipal, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'PUT', path(id), { as: caller.as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('answers alike for a tenant that the caller may not know', async () => {
    const { given } = server
    const { caller, user } = await scene()
    const foreign = await given.tenant()
    const path = (id: string) => `/users/${user.id}/tenants/${id}`
    const unknown = await refused(server, 'PUT', path(unknownId), { as: caller.as })
    for (const id of [foreign.id, 'all', 'type:', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'PUT', path(id), { as: caller.as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })
})
