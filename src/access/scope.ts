import { asSet } from './sets.ts'

export type TenantType = 'test' | 'production'
type TenantStatus = 'active' | 'suspended' | 'retired'

/** What a decision needs to know of a tenant. */
export type TenantFacts = {
  id: string
  type: TenantType
  status: TenantStatus
}

export const scopeWords = ['any', 'type:test', 'type:production'] as const
export type ScopeWord = (typeof scopeWords)[number]

/** One entry of a tenant scope: a tenant id, or a word that stands for many tenants, future ones too. */
export type ScopeEntry = string

export function isScopeWord(entry: string): entry is ScopeWord {
  return scopeWords.includes(entry as ScopeWord)
}

export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

const uuid = new RegExp(uuidPattern)

export const isUuid = (text: string): boolean => uuid.test(text)

/** The entries of a tenant scope, as they were read or arranged to be asked often. */
type Scope = readonly ScopeEntry[] | ReadonlySet<ScopeEntry>

/** Is this tenant in this scope? Words are expanded here, at decision time. */
export function reaches(scope: Scope, tenant: TenantFacts): boolean {
  const entries = asSet(scope)
  return entries.has(tenant.id) || entries.has('any') || entries.has(`type:${tenant.type}`)
}

/** Does this scope hold every tenant that the word stands for? Two types never add up to `any`. */
export function reachesWord(scope: Scope, word: ScopeWord): boolean {
  const entries = asSet(scope)
  return entries.has(word) || entries.has('any')
}
