import type { BuiltInPermission } from './permissions.ts'

/** Who may call a route: every route has one in `config.access`, and a server with one missing doesn't start. */
export type Access =
  /** Anyone, without a credential. */
  | { kind: 'public' }
  /** Whoever has a credential, or a cookie in its stead, which the operation looks at. */
  | { kind: 'optional' }
  /**
   * Whoever has a credential; it needs no permission. The facts of the tenant that this query parameter
   * names are read with the authority.
   */
  | { kind: 'authenticated'; about?: string }
  /** A person who is signed in; no token. */
  | { kind: 'session' }
  /** Whoever holds a platform permission; with `session_only`, as a person who is signed in. */
  | { kind: 'platform'; permission: BuiltInPermission; session_only: boolean }
  /** Whoever holds the permission in the tenant that this path parameter names. */
  | { kind: 'tenant'; permission: BuiltInPermission; param: string }
  /**
   * Whoever holds the permission in any tenant; the operation acts within `request.reach` only. That is
   * empty for who holds the permission but in no tenant that is active, and `revival` on the platform.
   */
  | { kind: 'reach'; permission: BuiltInPermission; revival?: BuiltInPermission }
  /** As `reach`; or, over service accounts only, with the other permission within `request.account_reach`. */
  | { kind: 'either_reach'; permission: BuiltInPermission; over_accounts: BuiltInPermission }
  /** As `reach`; or, over what the caller began and nobody decided yet, with the other one within `request.own_reach`. */
  | { kind: 'reach_or_own'; permission: BuiltInPermission; over_own: BuiltInPermission }

export const isPublic: Access = { kind: 'public' }
export const isOptional: Access = { kind: 'optional' }
export const isAuthenticated: Access = { kind: 'authenticated' }
/** As isAuthenticated, for a question about the tenant that a query parameter names. */
export const isAuthenticatedAbout = (about: string): Access => ({ kind: 'authenticated', about })

export const isSession: Access = { kind: 'session' }

export const onPlatform = (permission: BuiltInPermission): Access => ({
  kind: 'platform',
  permission,
  session_only: false,
})

/** For what a token must never do, whatever it stores. */
export const onPlatformInSession = (permission: BuiltInPermission): Access => ({
  kind: 'platform',
  permission,
  session_only: true,
})

export const inTenant = (permission: BuiltInPermission, param: string): Access => ({
  kind: 'tenant',
  permission,
  param,
})

export const withinReach = (permission: BuiltInPermission): Access => ({
  kind: 'reach',
  permission,
})

/** As withinReach, for what also those need who bring tenants back when all of theirs are asleep. */
export const withinReachOrRevival = (
  permission: BuiltInPermission,
  revival: BuiltInPermission,
): Access => ({ kind: 'reach', permission, revival })

export const withinEitherReach = (
  permission: BuiltInPermission,
  over_accounts: BuiltInPermission,
): Access => ({ kind: 'either_reach', permission, over_accounts })

export const withinReachOrOwn = (
  permission: BuiltInPermission,
  over_own: BuiltInPermission,
): Access => ({ kind: 'reach_or_own', permission, over_own })

export const isSessionOnly = (access: Access): boolean =>
  access.kind === 'session' || (access.kind === 'platform' && access.session_only)

export function requiredPermission(access: Access): BuiltInPermission | null {
  return 'permission' in access ? access.permission : null
}
