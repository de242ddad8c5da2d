import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  fieldsOf,
  idsOfNothing,
  instant,
  refused,
  systemPrincipal,
  unknownId,
  uuid7,
  withoutId,
} from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** A tenant, someone who may give roles there and holds these permissions too, and a user of it. */
async function scene(permissions: string[] = []) {
  const { given } = server
  const tenant = await given.tenant('test')
  const caller = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['users.grants', ...permissions], tenant_id: tenant.id }],
  })
  const user = await given.person({ tenants: [tenant.id] })
  return { tenant, caller, user }
}

describe('POST /users/{id}/grants, 201', () => {
  it('gives a role in a tenant, in force at once', async () => {
    const { given, call } = server
    const { tenant, caller, user } = await scene(['users.read'])
    const role_id = await given.role(['users.read'])
    const { status, body } = await call('POST', `/users/${user.id}/grants`, {
      as: caller.as,
      body: { role_id, tenant_id: tenant.id },
    })
    expect(status).toBe(201)
    expect(body).toEqual({
      id: uuid7,
      role_id,
      role: `role-${role_id}`,
      tenant_id: tenant.id,
      created_at: instant,
      created_by: caller.id,
    })
    const me = await call('GET', '/me', { as: user.as })
    expect(me.body.authority).toEqual([{ tenant_id: tenant.id, permissions: ['users.read'] }])
  })

  it('gives a role everywhere where no tenant is named', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const user = await given.person({ tenants: [tenant.id] })
    const role_id = await given.role(['settings.read', 'users.read'])
    const { status, body } = await call('POST', `/users/${user.id}/grants`, {
      as: (await given.admin()).as,
      body: { role_id, tenant_id: null },
    })
    expect([status, body.tenant_id]).toEqual([201, null])
    const me = await call('GET', '/me', { as: user.as })
    expect(me.body.authority).toEqual([
      { tenant_id: null, permissions: ['settings.read'] },
      { tenant_id: tenant.id, permissions: ['users.read'] },
    ])
  })

  it.each([
    ['a wildcard by who holds it', ['users.*'], ['users.*']],
    ['a part of a wildcard that is held', ['users.*'], ['users.read']],
    ['a wildcard by who holds all', ['*.*'], ['users.*', '*.*']],
  ])('gives %s', async (_, held, role) => {
    const { given, call } = server
    const { tenant, caller, user } = await scene(held)
    const { status } = await call('POST', `/users/${user.id}/grants`, {
      as: caller.as,
      body: { role_id: await given.role(role), tenant_id: tenant.id },
    })
    expect(status).toBe(201)
  })

  it('lets a token give what it stores and its owner holds', async () => {
    const { given, call } = server
    const { tenant, caller, user } = await scene(['users.read'])
    const { as } = await given.token(caller.id, {
      permissions: ['users.grants', 'users.read'],
      tenants: [tenant.id],
    })
    const body = { role_id: await given.role(['users.read']), tenant_id: tenant.id }
    expect((await call('POST', `/users/${user.id}/grants`, { as, body })).status).toBe(201)
  })

  it('lets two people give each other a role at the same moment', async () => {
    const { given, call } = server
    const [one, other] = [await given.admin(), await given.admin()]
    const give = async (to: string, as: string) => {
      const body = { role_id: await given.role(['users.read']), tenant_id: null }
      return call('POST', `/users/${to}/grants`, { as, body })
    }
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all([give(one.id, other.as), give(other.id, one.as)])
      expect(answers.map(({ status }) => status)).toEqual([201, 201])
    }
  })
})

describe('POST /users/{id}/grants, 400', () => {
  const roleIds: [string, unknown][] = [
    ['left out', undefined],
    ['null', null],
    ['a name', 'admin'],
    ['empty', ''],
    ['an id in upper case', unknownId.toUpperCase()],
    ['an id with NUL', `${unknownId}\0`],
    ['an object', { not: '' }],
    ['a list', [unknownId]],
  ]
  const tenantIds: [string, unknown][] = [
    ['left out', undefined],
    ['empty', ''],
    ['a word', 'any'],
    ['an id in upper case', unknownId.toUpperCase()],
    ['an object', { not: '' }],
    ['a list', [unknownId]],
  ]
  const refusedFor = async (change: Record<string, unknown>, field: string) => {
    const { caller, user, tenant } = await scene()
    const body = { role_id: unknownId, tenant_id: tenant.id, ...change }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: caller.as, body })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual([field])
  }

  it.each(roleIds)('refuses a role_id %s', (_, role_id) => refusedFor({ role_id }, 'role_id'))
  it.each(tenantIds)('refuses a tenant_id %s', (_, id) =>
    refusedFor({ tenant_id: id }, 'tenant_id'),
  )
  it.each(['id', 'user_id', 'created_by', 'created_at', 'permissions', 'role'])(
    'refuses the unknown field %s',
    (field) => refusedFor({ [field]: unknownId }, field),
  )
})

describe('POST /users/{id}/grants, 403: nobody gives what they do not hold', () => {
  it.each([
    ['a permission', ['users.read'], ['users.read', 'users.create'], 'users.create'],
    [
      'a wildcard of which every part is held',
      ['users.read', 'users.create', 'users.update', 'users.deactivate'],
      ['users.*'],
      'users.*',
    ],
    ['all by who holds one resource', ['users.*', 'tenants.*'], ['*.*'], '*.*'],
  ])('refuses %s', async (_, held, role, named) => {
    const { tenant, caller, user } = await scene(held)
    const body = { role_id: await server.given.role(role), tenant_id: tenant.id }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: caller.as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: named,
      tenant_id: tenant.id,
      leg: 'owner_permission',
    })
  })

  it.each(['user', 'caller'] as const)(
    'refuses the admin role from a tenant’s administrator to the %s',
    async (receiver) => {
      const { given } = server
      const people = await scene()
      await given.grant(people.caller.id, { role: 'tenant-admin', tenant_id: people.tenant.id })
      const role_id = await given.roleId('admin')
      const path = `/users/${people[receiver].id}/grants`
      for (const tenant_id of [people.tenant.id, null]) {
        const body = { role_id, tenant_id }
        const { status } = await refused(server, 'POST', path, { as: people.caller.as, body })
        expect(status).toBe(403)
      }
    },
  )

  it('refuses a grant without a tenant by who holds the role in one', async () => {
    const { caller, user } = await scene(['users.read'])
    const body = { role_id: await server.given.role(['users.read']), tenant_id: null }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: caller.as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toMatchObject({ tenant_id: null, leg: 'owner_permission' })
  })

  it('refuses a platform permission by who lacks it on the platform', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.grants'] }, { role: 'admin', tenant_id: tenant.id }],
    })
    const user = await given.person({ tenants: [tenant.id] })
    const body = { role_id: await given.role(['settings.write']), tenant_id: null }
    const answer = await refused(server, 'POST', `/users/${user.id}/grants`, { as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toMatchObject({ permission: 'settings.write', tenant_id: null })
  })

  it('refuses a grant without a tenant to a user who reaches further, and names no foreign tenant', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [own.id],
      grants: [{ permissions: ['users.grants', 'users.read'] }],
    })
    const user = await given.person({ tenants: [own.id, foreign.id] })
    const body = { role_id: await given.role(['users.read']), tenant_id: null }
    const answer = await refused(server, 'POST', `/users/${user.id}/grants`, { as, body })
    expect(answer.status).toBe(403)
    expect(answer.text).not.toContain(foreign.id)
  })

  it('refuses to a token a role that its owner could give', async () => {
    const { given, call } = server
    const { tenant, caller, user } = await scene(['users.read', 'users.create'])
    const token = await given.token(caller.id, {
      permissions: ['users.grants', 'users.read'],
      tenants: [tenant.id],
    })
    const body = {
      role_id: await given.role(['users.read', 'users.create']),
      tenant_id: tenant.id,
    }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: token.as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'users.create',
      tenant_id: tenant.id,
      leg: 'token_permission',
    })
    expect((await call('POST', path, { as: caller.as, body })).status).toBe(201)
  })

  it('refuses to every token the wildcards that no token stores', async () => {
    const { given } = server
    const owner = await given.admin()
    const token = await given.token(owner.id, {
      permissions: ['users.grants', 'users.read', 'users.create'],
      tenants: ['any'],
    })
    const body = { role_id: await given.roleId('admin'), tenant_id: null }
    const answer = await refused(server, 'POST', `/users/${owner.id}/grants`, {
      as: token.as,
      body,
    })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toMatchObject({ leg: 'token_permission' })
  })

  it('refuses who holds the role but may not give roles', async () => {
    const { given } = server
    const { tenant, user } = await scene()
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read', 'users.update'], tenant_id: tenant.id }],
    })
    const body = { role_id: await given.role(['users.read']), tenant_id: tenant.id }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: caller.as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'users.grants',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it.each(['session', 'token'])(
    'refuses to a %s another’s tenant like one that does not exist',
    async (kind) => {
      const { given } = server
      const { tenant, caller, user } = await scene()
      const token = await given.token(caller.id, {
        permissions: ['users.grants'],
        tenants: [tenant.id],
      })
      const { as } = kind === 'session' ? caller : token
      const role_id = await given.role(['users.grants'])
      const refusalOf = async (tenant_id: string) => {
        const body = { role_id, tenant_id }
        const answer = await refused(server, 'POST', `/users/${user.id}/grants`, { as, body })
        expect(answer.status).toBe(403)
        return JSON.stringify(withoutId(answer.body)).replaceAll(tenant_id, 'ID')
      }
      expect(await refusalOf((await given.tenant()).id)).toBe(await refusalOf(unknownId))
    },
  )
})

describe('POST /users/{id}/grants, 404, 409 and 422', () => {
  it('answers 404 alike for a user whom the caller may not see', async () => {
    const { given } = server
    const { tenant, caller } = await scene(['users.read'])
    const stranger = await given.person({ tenants: [(await given.tenant()).id] })
    const body = { role_id: await given.role(['users.read']), tenant_id: tenant.id }
    const path = (id: string) => `/users/${id}/grants`
    const unknown = await refused(server, 'POST', path(unknownId), { as: caller.as, body })
    for (const id of [stranger.id, systemPrincipal, ...idsOfNothing]) {
      const answer = await refused(server, 'POST', path(id), { as: caller.as, body })
      expect([id, answer.status]).toEqual([id, 404])
      expect(withoutId(answer.body)).toEqual(withoutId(unknown.body))
    }
  })

  it('answers 422 for a role that does not exist', async () => {
    const { tenant, caller, user } = await scene()
    const body = { role_id: unknownId, tenant_id: tenant.id }
    const path = `/users/${user.id}/grants`
    const answer = await refused(server, 'POST', path, { as: caller.as, body })
    expect([answer.status, answer.body.error]).toEqual([422, 'unprocessable_entity'])
    expect(fieldsOf(answer.body)).toEqual(['role_id'])
  })

  it('answers 409 for a role that the user has there already', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const tenant = await given.tenant()
    const user = await given.person({ tenants: [tenant.id] })
    const role_id = await given.role(['users.read'])
    const path = `/users/${user.id}/grants`
    for (const tenant_id of [tenant.id, null]) {
      const body = { role_id, tenant_id }
      expect((await call('POST', path, { as, body })).status).toBe(201)
      const answer = await refused(server, 'POST', path, { as, body })
      expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(answer.body)).toEqual(['role_id'])
    }
  })

  it('gives it once when many calls come at the same moment', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const user = await given.person()
    const body = { role_id: await given.role(['users.read']), tenant_id: null }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', `/users/${user.id}/grants`, { as, body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })
})
