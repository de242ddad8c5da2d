import type { Choice } from './choice.ts'
import type { ApiRequest, Operation } from './operation.ts'

let count = 0
const name = () => {
  count += 1
  return `${process.pid}-${count}`
}

export const passwordOfAll = 'a password of some length'
const isTokenOf = ({ as }: { as: string }) => as.startsWith('postern_')

/** The sets of a new token: named, or left out. */
const newToken = (choice: Choice) => ({
  name: name(),
  ...(choice.rarely(2) && { permissions: choice.permissions() }),
  ...(choice.rarely(2) && { tenants: choice.entries() }),
})

function editRole(choice: Choice, kept: boolean): ApiRequest {
  const role = choice.one(choice.world.facts.roles)
  const { id = '', version = 1, permissions = [] } = role ?? {}
  const wanted = [...new Set([...(kept ? permissions : []), ...choice.patterns()])]
  return { method: 'PATCH', path: `/roles/${id}`, body: { version, permissions: wanted } }
}

/** What gives somebody something. The shape of a call is right; whether it is allowed is for the server to say. */
export const giving = {
  createGrant: {
    weight: 14,
    needs: 'users.grants',
    draw: (choice) => ({
      method: 'POST',
      path: `/users/${choice.owner()}/grants`,
      body: {
        role_id: choice.one(choice.world.facts.roles)?.id ?? '',
        tenant_id: choice.rarely(3) ? null : choice.tenant(),
      },
    }),
  },
  assignTenant: {
    weight: 6,
    needs: 'tenants.members',
    draw: (choice) => ({
      method: 'PUT',
      path: `/users/${choice.owner()}/tenants/${choice.entry()}`,
    }),
  },
  createRole: {
    weight: 2,
    needs: 'roles.write',
    draw: (choice) => ({
      method: 'POST',
      path: '/roles',
      body: { name: name(), permissions: choice.patterns() },
    }),
  },
  widenRole: { weight: 6, needs: 'roles.write', draw: (choice) => editRole(choice, true) },
  replaceRole: { weight: 1, needs: 'roles.write', draw: (choice) => editRole(choice, false) },
  createUser: {
    weight: 1,
    needs: 'users.create',
    draw: (choice) => ({
      method: 'POST',
      path: '/users',
      body: {
        email: `${name()}@example.com`,
        name: 'New',
        // A token sets none, and is shown the link with which to.
        ...(!isTokenOf(choice.caller) && { password: passwordOfAll }),
        tenants: choice.entries(),
      },
    }),
  },
  createServiceAccount: {
    weight: 2,
    needs: 'service_accounts.write',
    draw: (choice) => ({
      method: 'POST',
      path: '/service-accounts',
      body: {
        name: 'New',
        tenants: choice.entries(),
        accountable_user_ids: [choice.owner('person')],
      },
    }),
  },
  createOwnToken: {
    weight: 3,
    needs: null,
    draw: (choice) => ({ method: 'POST', path: '/me/tokens', body: newToken(choice) }),
  },
  createAccountToken: {
    weight: 8,
    needs: 'service_accounts.tokens',
    draw: (choice) => ({
      method: 'POST',
      path: `/users/${choice.owner('account')}/tokens`,
      body: newToken(choice),
    }),
  },
  createTenant: {
    weight: 1,
    needs: 'tenants.create',
    draw: (choice) => ({
      method: 'POST',
      path: '/tenants',
      body: { slug: `new-${name()}`, name: 'New', type: choice.one(['test', 'production']) },
    }),
  },
  registerPermission: {
    weight: 1,
    needs: 'permissions.write',
    draw: (choice) => ({
      method: 'POST',
      path: '/permissions',
      body: {
        name: choice.one(['policies.quote', 'policies.read', 'claims.read']),
        scope: choice.one(['tenant', 'platform']),
        description: '',
      },
    }),
  },
  createSystemToken: {
    weight: 1,
    needs: 'system_tokens.manage',
    draw: () => ({ method: 'POST', path: '/system/tokens', body: { name: name() } }),
  },
  unblockToken: {
    weight: 1,
    needs: 'tokens.revoke',
    draw: (choice) => {
      const blocked = choice.world.facts.tokens.filter((one) => one.blocked.length > 0)
      const token = choice.one(blocked)
      const tenant = choice.one(token?.blocked ?? [])
      return token && { method: 'DELETE', path: `/tenants/${tenant}/tokens/${token.id}/block` }
    },
  },
} satisfies Record<string, Operation>
