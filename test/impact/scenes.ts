import type { GivenToken, Person } from '../support/given.ts'
import type { TestServer } from '../support/server.ts'

/** A change that takes something from one token. */
export type Scene = {
  method: string
  path: string
  body?: unknown
  /** Who may make the change. */
  as: string
  owner: { id: string }
  token: GivenToken
}

/** An owner in tenants A and B, with a role in A, one everywhere, and a token that stores all of it. */
async function base({ given }: TestServer) {
  const [a, b] = [await given.tenant(), await given.tenant('production')]
  const owner: Person = await given.person({ tenants: [a.id, b.id] })
  const inA = await given.grant(owner.id, {
    permissions: ['users.read', 'audit.read'],
    tenant_id: a.id,
  })
  const everywhere = await given.grant(owner.id, {
    permissions: ['users.read', 'tenants.read', 'roles.read'],
  })
  const token = await given.token(owner.id, {
    permissions: ['users.read', 'tenants.read', 'audit.read', 'roles.read'],
    tenants: [a.id, b.id],
  })
  return { a, b, owner, inA, everywhere, token, as: (await given.admin()).as }
}

export const scenes: Record<string, (server: TestServer) => Promise<Scene>> = {
  'taking a grant in a tenant': async (server) => {
    const { owner, inA, ...rest } = await base(server)
    return { ...rest, owner, method: 'DELETE', path: `/users/${owner.id}/grants/${inA}` }
  },
  'taking a grant without a tenant': async (server) => {
    const { owner, everywhere, ...rest } = await base(server)
    return { ...rest, owner, method: 'DELETE', path: `/users/${owner.id}/grants/${everywhere}` }
  },
  'taking a tenant from a scope': async (server) => {
    const { owner, b, ...rest } = await base(server)
    return { ...rest, owner, method: 'DELETE', path: `/users/${owner.id}/tenants/${b.id}` }
  },
  'taking a word from a scope, where a tenant stays by name': async (server) => {
    const { given } = server
    const tenant = await given.tenant('test')
    const owner = await given.person({
      tenants: ['type:test', tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id, {
      permissions: ['users.read'],
      tenants: ['type:test'],
    })
    const { as } = await given.admin()
    return { method: 'DELETE', path: `/users/${owner.id}/tenants/type:test`, as, owner, token }
  },
  'taking a permission from a role': async (server) => {
    const { given } = server
    const rest = await base(server)
    const role = await given.role(['users.read', 'imports.run'])
    await server.database.sql('UPDATE grants SET role_id = $1 WHERE id = $2', [
      role,
      rest.everywhere,
    ])
    const body = { version: 1, permissions: ['imports.run'] }
    return { ...rest, method: 'PATCH', path: `/roles/${role}`, body }
  },
  'deleting a user': async (server) => {
    const rest = await base(server)
    return { ...rest, method: 'DELETE', path: `/users/${rest.owner.id}` }
  },
  'deleting a service account': async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const id = await given.serviceAccount([tenant.id])
    await given.grant(id, { permissions: ['users.read'], tenant_id: tenant.id })
    const token = await given.token(id, { permissions: ['users.read'], tenants: [tenant.id] })
    const { as } = await given.admin()
    return { method: 'DELETE', path: `/service-accounts/${id}`, as, owner: { id }, token }
  },
  'suspending a tenant': async (server) => {
    const { a, ...rest } = await base(server)
    return { ...rest, method: 'POST', path: `/tenants/${a.id}/suspend` }
  },
  'retiring a tenant': async (server) => {
    const { b, ...rest } = await base(server)
    return { ...rest, method: 'POST', path: `/tenants/${b.id}/retire` }
  },
}
