import fc from 'fast-check'

/** Roles of one duty each, and some that hold wildcards. */
export const duties = [
  ['users.grants', 'users.read'],
  ['users.grants', 'tenants.read'],
  ['tenants.members', 'users.read'],
  ['users.create', 'users.deactivate'],
  ['service_accounts.write', 'service_accounts.tokens'],
  ['service_accounts.tokens', 'users.read'],
  ['tokens.revoke', 'tokens.read'],
  ['roles.write', 'roles.read'],
  ['permissions.write', 'tenants.create', 'tenants.retire', 'system_tokens.manage'],
  ['users.*'],
  ['service_accounts.*'],
  ['*.*'],
]
export const builtInRoles = ['tenant-admin', 'read-only', 'service-account-operator']
const roleCount = duties.length + builtInRoles.length

export const tenantTypes = ['test', 'test', 'production'] as const
export const words = ['any', 'type:test', 'type:production']

const grant = fc.record({
  role: fc.nat({ max: roleCount - 1 }),
  /** A tenant by its number; null: everywhere. */
  tenant: fc.option(fc.nat({ max: tenantTypes.length - 1 }), { freq: 2 }),
})
/** Tenants and words by their number; mostly tenants, since who reaches all leaves nothing to escalate to. */
const entry = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: tenantTypes.length - 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(...words.keys().map((at) => tenantTypes.length + at)) },
)
const entries = fc.uniqueArray(entry, { minLength: 1, maxLength: 2 })
const token = fc.record({
  duties: fc.uniqueArray(fc.nat({ max: 8 }), { minLength: 1, maxLength: 4 }),
  entries,
  blocked: fc.option(fc.nat({ max: tenantTypes.length - 1 }), { freq: 4 }),
})
const owner = fc.record({
  entries,
  grants: fc.array(grant, { minLength: 2, maxLength: 5, size: 'max' }),
  token: fc.option(token, { freq: 2 }),
})

/** A few people and service accounts, an administrator apart; and who of them collude. */
export const population = fc.record({
  people: fc.array(owner, { minLength: 2, maxLength: 4, size: 'max' }),
  accounts: fc.array(owner, { minLength: 1, maxLength: 2, size: 'max' }),
  colluding: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
})
export type Population = typeof population extends fc.Arbitrary<infer T> ? T : never
export type DrawnOwner = Population['people'][number]
