import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'

export type Allowed = { isAllowed: boolean; reason: string | null }

/**
 * Asks the API whether one may do something here, and if not why. A tenant or, without one, the platform.
 * Until it has answered nothing is allowed; nor where it isn't asked, as of a tenant's permission without a tenant.
 */
export function useAllowed(
  permission: string,
  tenant_id: string | null = null,
  enabled = true,
): Allowed {
  const query = { permission, ...(tenant_id !== null && { tenant_id }) }
  const { data } = api.useQuery('get', '/api/v1/me/authority', { params: { query } }, { enabled })
  if (!data) return { isAllowed: false, reason: null }
  return {
    isAllowed: data.allowed,
    reason: data.allowed || !data.leg ? null : `${texts.mayNotIn[data.leg]}: ${permission}`,
  }
}
