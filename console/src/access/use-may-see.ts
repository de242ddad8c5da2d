import { useAllowedOver } from './use-allowed-at.ts'
import { useAllowedInSome } from './use-allowed-in-some.ts'

/** For what shows somebody: in any tenant of theirs. Somebody in no tenant is seen by whoever sees all. */
export function useMaySee(permission: string, tenants: readonly string[]): boolean {
  const inSome = useAllowedInSome(permission, tenants)
  const inAll = useAllowedOver(permission, noTenants)
  return (tenants.length > 0 ? inSome : inAll).isAllowed
}

const noTenants: readonly string[] = []
