import { builtInPermissions } from '../../src/access/permissions.ts'
import type { TestServer } from '../support/server.ts'
import type { Caller } from './request.ts'

export type Callers = {
  /** Null for nobody. */
  credentialOf(caller: Caller): string | null
  /** After the caller has ended its own session, token or account. */
  renew(): Promise<void>
}

/** One person who may do everything, with a session and a token that may do the same. */
export async function callersOf({ given }: TestServer): Promise<Callers> {
  let credentials: Record<Caller, string | null>
  const renew = async () => {
    const { id, as } = await given.admin()
    const permissions = Object.keys(builtInPermissions)
    const token = await given.token(id, { permissions, tenants: ['any'] })
    credentials = { session: as, token: token.as, nobody: null }
  }
  await renew()
  return { credentialOf: (caller) => credentials[caller], renew }
}

/** Something of every kind for a request to meet. */
export async function furnish({ given }: TestServer): Promise<void> {
  const tenant = await given.tenant()
  await given.role(['users.read'])
  const owner = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['tenants.read'], tenant_id: tenant.id }],
  })
  await given.token(owner.id, { tenants: [tenant.id] })
  const account = await given.serviceAccount([tenant.id])
  await given.token(account, { tenants: [tenant.id] })
  await given.grant(account, { permissions: ['tenants.read'], tenant_id: tenant.id })
}
