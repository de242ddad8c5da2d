import { holdsAnywhere, useMe } from '../access/me.ts'
import { type Allowed, useAllowed } from '../access/use-allowed.ts'
import { useAllowedSomewhere } from '../access/use-allowed-at.ts'
import { api } from '../api/client.ts'

/**
 * May one run imports of this application? Where one may not look at it, and so not know its tenant, whether one
 * may anywhere: the rest the server says.
 */
export function useMayRun(application_id: string): Allowed {
  const mayRead = holdsAnywhere(useMe(), 'applications.read')
  const application = api.useQuery(
    'get',
    '/api/v1/applications/{id}',
    { params: { path: { id: application_id } } },
    { enabled: mayRead },
  )
  const tenant_id = application.data?.tenant_id ?? null
  const there = useAllowed('imports.run', tenant_id, tenant_id !== null)
  const somewhere = useAllowedSomewhere('imports.run')
  if (tenant_id !== null) return there
  return mayRead && application.isPending ? { isAllowed: false, reason: null } : somewhere
}
