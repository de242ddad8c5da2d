import { holdsAnywhere, useMe } from '../access/me.ts'
import { api } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import type { components } from '../generated/api.d.ts'
import { accountHoldings } from './account-holdings.ts'
import type { Holdings } from './types.ts'
import { useTenants, useTenantTypes } from './use-tenants.ts'

type Account = components['schemas']['ServiceAccount']

/** Undefined until it is known. Who may not look at what the account holds is offered what they hold themselves. */
export function useAccountHoldings({ id, tenants }: Account): {
  holdings: Holdings | undefined
  error: unknown
} {
  const me = useMe()
  const mayLook = holdsAnywhere(me, 'users.read')
  const held = api.useQuery(
    'get',
    '/api/v1/users/{id}/effective-permissions',
    { params: { path: { id } } },
    { enabled: mayLook },
  )
  const { isLoading } = useTenants(tenants, '')
  const typeOf = useTenantTypes()
  const authority = held.data?.authority
  // Looking at people elsewhere: here the account isn't found.
  const isHidden = !mayLook || failureOf(held.error).isNotFound
  if (isLoading || !(authority || isHidden)) return { holdings: undefined, error: held.error }
  return { holdings: accountHoldings({ account: { tenants, authority }, me, typeOf }), error: null }
}
