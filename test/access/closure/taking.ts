import type { Choice } from './choice.ts'
import type { Operation } from './operation.ts'

/** Of a service account the routes are others than of a person. */
function pathOf({ world }: Choice, id: string): string {
  const isAccount = world.facts.owners.find((owner) => owner.id === id)?.is_service_account
  return `${isAccount ? '/service-accounts' : '/users'}/${id}`
}

/** What takes something from somebody, or stops it for a while. */
export const taking = {
  deleteGrant: {
    weight: 1,
    needs: 'users.grants',
    draw: (choice) => {
      const grant = choice.one(choice.world.facts.grants)
      return grant && { method: 'DELETE', path: `/users/${grant.user_id}/grants/${grant.id}` }
    },
  },
  unassignTenant: {
    weight: 1,
    needs: 'tenants.members',
    draw: (choice) => {
      const scope = choice.one(choice.world.facts.scopes)
      return scope && { method: 'DELETE', path: `/users/${scope.user_id}/tenants/${scope.entry}` }
    },
  },
  deleteRole: {
    weight: 1,
    needs: 'roles.write',
    draw: (choice) => ({
      method: 'DELETE',
      path: `/roles/${choice.one(choice.world.facts.roles)?.id}`,
    }),
  },
  deleteOwnToken: {
    weight: 1,
    needs: null,
    draw: (choice) => {
      const { tokens } = choice.world.facts
      const token = choice.one(tokens.filter((one) => one.owner_id === choice.caller.owner_id))
      return token && { method: 'DELETE', path: `/me/tokens/${token.id}` }
    },
  },
  setStatus: {
    weight: 1,
    needs: 'users.deactivate',
    draw: (choice) => ({
      method: 'POST',
      path: `${pathOf(choice, choice.owner())}/${choice.rarely(3) ? 'deactivate' : 'activate'}`,
    }),
  },
  deleteOwner: {
    weight: 1,
    needs: 'users.deactivate',
    draw: (choice) => ({ method: 'DELETE', path: pathOf(choice, choice.owner()) }),
  },
  setTenantStatus: {
    weight: 1,
    needs: 'tenants.retire',
    draw: (choice) => ({
      method: 'POST',
      path: `/tenants/${choice.tenant()}/${choice.rarely(3) ? 'suspend' : 'activate'}`,
    }),
  },
  blockToken: {
    weight: 1,
    needs: 'tokens.revoke',
    draw: (choice) => {
      const token = choice.one(choice.world.facts.tokens)
      const path = `/tenants/${choice.tenant()}/tokens/${token?.id}/block`
      return token && { method: 'PUT', path, body: { reason: 'Found in public' } }
    },
  },
  deleteUserToken: {
    weight: 1,
    needs: 'tokens.revoke',
    draw: (choice) => {
      const token = choice.one(choice.world.facts.tokens)
      return token && { method: 'DELETE', path: `/users/${token.owner_id}/tokens/${token.id}` }
    },
  },
} satisfies Record<string, Operation>
