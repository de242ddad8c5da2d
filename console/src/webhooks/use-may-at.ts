import { type Allowed, useAllowed } from '../access/use-allowed.ts'
import { useAllowedAt } from '../access/use-allowed-at.ts'
import { ofPlatform, ofTenant, reading } from './may.ts'

/** What is chosen as the place of a webhook; a tenant's id otherwise. */
export const platform = 'platform'

/** May one send changes of this place elsewhere? Nothing is asked before there is one. */
export function useMayAt(place: string | null): Allowed {
  const isTenant = place !== null && place !== platform
  const tenant_id = isTenant ? place : null
  const inTenant = [
    useAllowed(ofTenant, tenant_id, isTenant),
    useAllowed(reading, tenant_id, isTenant),
  ]
  const onPlatform = [
    useAllowed(ofPlatform, null, place === platform),
    useAllowedAt(reading, 'any'),
  ]
  const legs = isTenant ? inTenant : onPlatform
  return legs.find(({ isAllowed }) => !isAllowed) ?? { isAllowed: true, reason: null }
}
