import type { Authority } from '../../access/authority.ts'
import { holdsSomewhere } from '../../access/held.ts'
import type { Permission } from '../../access/permissions.ts'
import { isScopeWord, reaches, reachesWord, type TenantFacts } from '../../access/scope.ts'
import { lastInstant } from '../../db/instants.ts'
import { forbidden, invalidField, unprocessable } from '../../http/errors.ts'

/**
 * The permissions that a new token stores: those asked for, each held by the owner in some tenant or on
 * the platform; none asked for means all of these, by name, so that later ones don't flow in.
 */
export function chosenPermissions(
  asked: readonly string[] | undefined,
  owner: Authority,
  catalogue: readonly Permission[],
): string[] {
  const known = new Map(catalogue.map((permission) => [permission.name, permission]))
  if (asked === undefined) {
    const held = catalogue.filter((permission) => holdsSomewhere(owner, permission))
    if (held.length > 0) return held.map(({ name }) => name).sort()
    throw unprocessable('permissions', 'cannot be left out by someone who holds none')
  }
  const unknown = asked.find((name) => !known.has(name))
  if (unknown !== undefined) throw invalidField('permissions', `must be known: ${unknown} is not`)
  for (const name of asked) {
    const permission = known.get(name)
    if (permission && holdsSomewhere(owner, permission)) continue
    const details = {
      permission: name,
      tenant_id: null,
      leg: 'owner_permission' as const,
    }
    throw forbidden(details, [{ field: 'permissions', message: `${name} is not held` }])
  }
  return [...asked].sort()
}

/**
 * The scope entries that a new token stores: those asked for, each within the owner's tenant scope; none
 * asked for means the entries of that scope. One answer for a tenant that is not in it and one that
 * does not exist.
 */
export function chosenTenants(
  asked: readonly string[] | undefined,
  owner: Authority,
  facts: readonly TenantFacts[],
): string[] {
  if (asked === undefined) return [...owner.scope].sort()
  const byId = new Map(facts.map((tenant) => [tenant.id, tenant]))
  for (const entry of asked) {
    const tenant = byId.get(entry)
    const within = isScopeWord(entry)
      ? reachesWord(owner.scope, entry)
      : tenant !== undefined && reaches(owner.scope, tenant)
    if (within) continue
    const details = {
      permission: null,
      tenant_id: entry,
      leg: 'owner_tenant' as const,
    }
    throw forbidden(details, [{ field: 'tenants', message: `${entry} is not in the tenant scope` }])
  }
  return [...asked].sort()
}

export type ExpiryFields = {
  expires_in_days?: number
  expires_at?: string | null
}

export type LifetimePolicy = {
  default_token_lifetime_days: number
  max_token_lifetime_days: number | null
  never_expiring_tokens_allowed: boolean
}

const dayMs = 86_400_000

/**
 * When a new token expires; null for never. A token that is made by another (`callerExpiry`) ends no
 * later than that one.
 */
export function chosenExpiry(
  asked: ExpiryFields,
  policy: LifetimePolicy,
  now: Date,
  callerExpiry: Date | null = null,
): Date | null {
  const { expires_in_days, expires_at } = asked
  if (expires_in_days !== undefined && expires_at !== undefined) {
    throw invalidField('expires_at', 'and expires_in_days exclude each other: give one')
  }
  const isDefault = expires_in_days === undefined && expires_at === undefined
  const field = expires_at === undefined ? 'expires_in_days' : 'expires_at'
  const instant = askedInstant(asked, policy, now, field)
  if (callerExpiry === null || (instant !== null && instant <= callerExpiry)) return instant
  if (isDefault) return callerExpiry
  throw invalidField(field, 'must not be later than the end of the calling token')
}

function askedInstant(
  { expires_in_days, expires_at }: ExpiryFields,
  policy: LifetimePolicy,
  now: Date,
  field: string,
): Date | null {
  const latest = policy.max_token_lifetime_days
  if (expires_at === null) {
    if (policy.never_expiring_tokens_allowed && latest === null) return null
    throw invalidField(field, 'must be an instant: tokens that never expire are not allowed here')
  }
  const days = expires_in_days ?? Math.min(policy.default_token_lifetime_days, latest ?? Infinity)
  const instant = expires_at ? new Date(expires_at) : new Date(now.getTime() + days * dayMs)
  if (Number.isNaN(instant.getTime())) throw invalidField(field, 'is not an instant that exists')
  if (instant > lastInstant) throw invalidField(field, 'must be before the year 10000')
  if (instant <= now) throw invalidField(field, 'must be in the future')
  if (latest !== null && instant.getTime() > now.getTime() + latest * dayMs) {
    throw invalidField(field, `must be at most ${latest} days from now`)
  }
  return instant
}
