import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const ask = (as: string | null, query: Record<string, string>) =>
  server.call('GET', `/me/authority?${new URLSearchParams(query)}`, { as })

/** An owner with `users.read` in a tenant, and what else a test asks for. */
async function ownerIn(status = 'active') {
  const tenant = await server.given.tenant('test', status)
  const owner = await server.given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['users.read'], tenant_id: tenant.id }],
  })
  return { tenant, owner }
}

const users = (tenant: { id: string }) => ({ permission: 'users.read', tenant_id: tenant.id })

describe('GET /me/authority 200', () => {
  it('allows what the credential holds in a tenant', async () => {
    const { tenant, owner } = await ownerIn()
    const token = await server.given.token(owner.id, {
      permissions: ['users.read'],
      tenants: [tenant.id],
    })

    for (const as of [owner.as, token.as]) {
      const { status, body } = await ask(as, users(tenant))
      expect(status).toBe(200)
      expect(body).toEqual({
        allowed: true,
        permission: 'users.read',
        tenant_id: tenant.id,
        leg: null,
      })
    }
  })

  it('allows what the credential holds on the platform', async () => {
    const owner = await server.given.person({ grants: [{ permissions: ['roles.read'] }] })
    const token = await server.given.token(owner.id, { permissions: ['roles.read'] })

    for (const as of [owner.as, token.as]) {
      expect((await ask(as, { permission: 'roles.read' })).body).toEqual({
        allowed: true,
        permission: 'roles.read',
        tenant_id: null,
        leg: null,
      })
    }
  })

  it('allows in a tenant that words of both scopes stand for', async () => {
    const tenant = await server.given.tenant('production')
    const owner = await server.given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await server.given.token(owner.id, {
      permissions: ['users.read'],
      tenants: ['type:production'],
    })

    expect((await ask(token.as, users(tenant))).body.allowed).toBe(true)
  })

  it('names token_permission where the token does not store it', async () => {
    const { tenant, owner } = await ownerIn()
    const token = await server.given.token(owner.id, {
      permissions: ['audit.read'],
      tenants: [tenant.id],
    })

    const { body } = await ask(token.as, users(tenant))

    expect(body).toMatchObject({ allowed: false, leg: 'token_permission' })
  })

  it('names owner_permission where the owner does not hold it', async () => {
    const { tenant, owner } = await ownerIn()
    const token = await server.given.token(owner.id, {
      permissions: ['audit.read', 'roles.read'],
      tenants: [tenant.id],
    })

    for (const as of [owner.as, token.as]) {
      for (const query of [
        { permission: 'audit.read', tenant_id: tenant.id },
        { permission: 'roles.read' },
      ]) {
        expect((await ask(as, query)).body).toMatchObject({
          allowed: false,
          leg: 'owner_permission',
        })
      }
    }
  })

  it('names owner_permission on the platform for what a grant gives in a tenant', async () => {
    const tenant = await server.given.tenant()
    const owner = await server.given.person({
      tenants: [tenant.id],
      grants: [{ role: 'admin', tenant_id: tenant.id }],
    })

    expect((await ask(owner.as, { permission: 'roles.read' })).body.leg).toBe('owner_permission')
  })

  it('names token_tenant where only the owner reaches the tenant', async () => {
    const { tenant, owner } = await ownerIn()
    const token = await server.given.token(owner.id, { permissions: ['users.read'] })

    expect((await ask(token.as, users(tenant))).body.leg).toBe('token_tenant')
  })

  it('names owner_tenant where only the token stores the tenant', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person({ grants: [{ permissions: ['users.read'] }] })
    const token = await given.token(owner.id, {
      permissions: ['users.read'],
      tenants: [tenant.id],
    })

    expect((await ask(token.as, users(tenant))).body.leg).toBe('owner_tenant')
  })

  it('names tenant_block for the token that is blocked, and allows its owner', async () => {
    const { tenant, owner } = await ownerIn()
    const token = await server.given.token(owner.id, {
      permissions: ['users.read'],
      tenants: [tenant.id],
    })
    await server.database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'x', $3)`,
      [token.id, tenant.id, owner.id],
    )

    expect((await ask(token.as, users(tenant))).body.leg).toBe('tenant_block')
    expect((await ask(owner.as, users(tenant))).body.allowed).toBe(true)
  })

  it.each(['suspended', 'retired'])('names tenant_status in a %s tenant', async (status) => {
    const { tenant, owner } = await ownerIn(status)

    expect((await ask(owner.as, users(tenant))).body.leg).toBe('tenant_status')
  })

  it('names the tenant before the permission, and the token before its owner', async () => {
    const { tenant, owner } = await ownerIn('suspended')
    const token = await server.given.token(owner.id, { permissions: ['audit.read'] })

    expect((await ask(token.as, users(tenant))).body.leg).toBe('token_tenant')
    expect((await ask(owner.as, { permission: 'audit.read', tenant_id: tenant.id })).body.leg).toBe(
      'tenant_status',
    )
  })

  it.each(['test', 'production'] as const)(
    'gives one answer for another’s %s tenant and an unknown one, to any credential',
    async (type) => {
      const { given } = server
      const foreign = await given.tenant(type)
      const suspended = await given.tenant(type, 'suspended')
      const own = await given.tenant()
      const owner = await given.person({
        tenants: [own.id],
        grants: [{ permissions: ['users.read'] }],
      })
      const storing = (tenants: string[]) =>
        given.token(owner.id, { permissions: ['users.read'], tenants })
      const credentials = [owner.as]
      for (const tenants of [[], [own.id], ['any'], ['type:test'], ['type:production']]) {
        credentials.push((await storing(tenants)).as)
      }
      for (const as of credentials) {
        const answers = []
        for (const id of [foreign.id, suspended.id, uuidv7()]) {
          const { status, body } = await ask(as, users({ id }))
          expect(body.allowed).toBe(false)
          answers.push({ status, ...body, tenant_id: null })
        }
        expect(answers[1]).toEqual(answers[0])
        expect(answers[2]).toEqual(answers[0])
      }
    },
  )

  it('says of an unknown tenant what an administrator’s own scope says of it', async () => {
    const admin = await server.given.admin()

    const { body } = await ask(admin.as, users({ id: uuidv7() }))

    expect(body).toMatchObject({ allowed: false, leg: 'owner_tenant' })
  })

  it('agrees with what GET /me shows, for every permission', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.*', 'roles.read'] }, { permissions: ['audit.read'] }],
    })
    const token = await given.token(owner.id, {
      permissions: ['audit.read', 'roles.read', 'roles.write', 'users.create', 'tokens.read'],
      tenants: [tenant.id],
    })
    const { body } = await call('GET', '/me', { as: token.as })
    const shown = (at: string | null) =>
      body.authority.find(({ tenant_id }: { tenant_id: string | null }) => tenant_id === at)
        ?.permissions ?? []
    const catalogue = await database.sql<{ name: string; scope: string }>(
      'SELECT name, scope FROM permissions',
    )
    for (const { name, scope } of catalogue) {
      const at = scope === 'platform' ? null : tenant.id
      const query = at === null ? { permission: name } : { permission: name, tenant_id: at }
      const { allowed } = (await ask(token.as, query)).body
      expect({ name, allowed }).toEqual({ name, allowed: shown(at).includes(name) })
    }
  })
})

describe('GET /me/authority 400', () => {
  const tenant_id = uuidv7()
  it.each([
    ['permission', {}],
    ['permission', { permission: 'nothing.here', tenant_id }],
    ['permission', { permission: 'users.*', tenant_id }],
    ['permission', { permission: '*.*', tenant_id }],
    ['permission', { permission: '', tenant_id }],
    ['permission', { permission: 'users.read\0', tenant_id }],
    ['tenant_id', { permission: 'roles.read', tenant_id }],
    ['tenant_id', { permission: 'users.read', tenant_id: 'any' }],
    ['tenant_id', { permission: 'users.read', tenant_id: 'nonsense' }],
    ['tenant_id', { permission: 'users.read', tenant_id: '' }],
    ['tenant_id', { permission: 'users.read' }],
    ['tenant', { permission: 'roles.read', tenant: tenant_id }],
  ])('names %s of %j', async (field, query) => {
    const { as } = await server.given.admin()

    const { status, body } = await ask(as, query as Record<string, string>)

    expect(status).toBe(400)
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field])
  })
})

describe('GET /me/authority 401', () => {
  it('comes before a look at the query', async () => {
    expect((await ask(null, { permission: 'nothing.here' })).status).toBe(401)
  })
})
