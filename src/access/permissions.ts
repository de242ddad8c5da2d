import { asSet } from './sets.ts'

/** `tenant`: held and asked for in a tenant. `platform`: held and asked for on the platform as a whole. */
export type PermissionScope = 'tenant' | 'platform'

/** The built-in part of the catalogue, with what each one allows. */
export const builtInPermissions = {
  'users.read': ['tenant', 'See users, their tenant scope and their grants'],
  'users.create': ['tenant', 'Create users'],
  'users.update': ['tenant', 'Change users'],
  'users.deactivate': ['tenant', 'Deactivate and activate users'],
  'users.grants': ['tenant', 'Give and take roles'],
  'service_accounts.read': ['tenant', 'See service accounts'],
  'service_accounts.write': ['tenant', 'Create, change and delete service accounts'],
  'service_accounts.tokens': ['tenant', 'Create, see and delete the tokens of service accounts'],
  'tokens.read': ['tenant', 'See the tokens that reach a tenant, whoever owns them'],
  'tokens.revoke': ['tenant', 'Block or revoke the tokens that reach a tenant'],
  'tenants.read': ['tenant', 'See tenants'],
  'tenants.update': ['tenant', 'Change tenants'],
  'tenants.members': ['tenant', 'Add users to a tenant and remove them'],
  'audit.read': ['tenant', 'Read the audit log'],
  'identities.read': ['tenant', 'See the people on the books of a tenant'],
  'applications.read': ['tenant', 'See applications and their accounts'],
  'applications.write': ['tenant', 'Create and change applications'],
  'imports.read': ['tenant', 'See application imports'],
  'imports.run': ['tenant', 'Stage, upload, confirm and cancel application imports'],
  'personnel_events.read': ['tenant', 'See personnel events'],
  'personnel_events.create': ['tenant', 'Report joiners, movers and leavers'],
  'personnel_events.approve': ['tenant', 'Approve and cancel personnel events'],
  'tenants.create': ['platform', 'Create tenants'],
  'tenants.retire': ['platform', 'Suspend, activate and retire tenants'],
  'roles.read': ['platform', 'See roles'],
  'roles.write': ['platform', 'Create, change and delete roles'],
  'permissions.read': ['platform', 'See the permission catalogue'],
  'permissions.write': ['platform', 'Register the permissions of the host product'],
  'token_limits.approve': ['platform', 'Decide on requests for more tokens'],
  'system_tokens.manage': ['platform', 'Create, see and delete system tokens'],
  'tokens.introspect': ['platform', 'Ask what a token may do, on behalf of another service'],
  'settings.read': ['platform', 'See the settings of the platform'],
  'settings.write': ['platform', 'Change the settings of the platform'],
} as const satisfies Record<string, readonly [PermissionScope, string]>

export type BuiltInPermission = keyof typeof builtInPermissions

/** A permission of the catalogue: what is asked for. */
export type Permission = { name: string; scope: PermissionScope }

export function builtIn(name: BuiltInPermission): Permission {
  return { name, scope: builtInPermissions[name][0] }
}

export const permissionName = '^[a-z][a-z0-9_]{0,49}\\.[a-z][a-z0-9_]{0,49}$'
export const permissionPattern = '^(\\*\\.\\*|[a-z][a-z0-9_]{0,49}\\.([a-z][a-z0-9_]{0,49}|\\*))$'

export const isWildcard = (pattern: string): boolean => pattern.endsWith('.*')

/**
 * Does one of these patterns hold `wanted`, itself a permission or a wildcard? Compared by whole words:
 * `token.read` never holds `token.readall`, and only a wildcard as wide or wider holds a wildcard. A set
 * is asked and not searched: someone may hold a grant in each of a thousand tenants.
 */
export function coveredBySome(
  patterns: readonly string[] | ReadonlySet<string>,
  wanted: string,
): boolean {
  const held = asSet(patterns)
  if (held.has(wanted) || held.has('*.*')) return true
  return !isWildcard(wanted) && held.has(`${wanted.slice(0, wanted.indexOf('.'))}.*`)
}

export const covers = (pattern: string, wanted: string): boolean => coveredBySome([pattern], wanted)
