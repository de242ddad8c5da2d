import type { ScopeEntry, TenantFacts } from './scope.ts'
import type { SignIn } from './sign-in.ts'

export type Owner = {
  id: string
  is_service_account: boolean
  email: string | null
  name: string
  status: 'invited' | 'active' | 'deactivated'
  token_limit: number
}

/** The credential that was presented. A session has no name; a token's expiry may be null, for never. */
type CredentialFacts = {
  kind: 'session' | 'personal_access_token'
  id: string
  name: string | null
  expires_at: Date | null
}

/** The patterns of one grant's role, held in one tenant or (null) wherever the owner's scope reaches. */
export type HeldGrant = {
  tenant_id: string | null
  permissions: readonly string[]
}

/**
 * Everything that decides what a credential may do, as one read found it (authority-reader.ts).
 * It holds facts only; what they amount to is decided in decide.ts.
 */
export type Authority = {
  owner: Owner
  credential: CredentialFacts
  /** Null for a token, and for an owner without a credential. */
  sign_in: SignIn | null
  /** The sets that a token stores. Null for a session, which stores none. */
  stored: {
    permissions: readonly string[]
    tenants: readonly ScopeEntry[]
  } | null
  /** The owner's tenant scope and grants, now. */
  scope: readonly ScopeEntry[]
  grants: readonly HeldGrant[]
  /** The tenants that have blocked this token. */
  blocked_tenant_ids: readonly string[]
  /** The tenants that these sets name. */
  tenants: ReadonlyMap<string, TenantFacts>
  /** The tenant that the request names; null where it names none, or none that exists. */
  named_tenant: TenantFacts | null
  /** The database's clock at the read; the only clock that expiry is compared with. */
  read_at: Date
}
