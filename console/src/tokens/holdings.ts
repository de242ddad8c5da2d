import type { AuthorityEntry, Holdings } from './types.ts'

export type TenantType = 'test' | 'production'

export const scopeWords = ['any', 'type:test', 'type:production'] as const

const isWord = (entry: string): boolean => scopeWords.some((word) => word === entry)

/** Every permission that is held anywhere, by name. */
export function heldPermissions({ authority }: Holdings): string[] {
  return [...new Set(authority.flatMap(({ permissions }) => permissions))].sort()
}

/**
 * What is held at a place: the API's entry for it or, where it has none, what the words that stand for it
 * bring. `type` of a tenant, where it is known.
 */
export function permissionsAt(
  authority: readonly AuthorityEntry[],
  place: string | null,
  type?: TenantType,
): ReadonlySet<string> {
  const exact = authority.find(({ tenant_id }) => tenant_id === place)
  if (exact || place === null) return new Set(exact?.permissions)
  const behind = wordsFor(place, type)
  return new Set(
    authority
      .filter(({ tenant_id }) => behind.some((word) => word === tenant_id))
      .flatMap(({ permissions }) => permissions),
  )
}

/** Where the type isn't known, whichever it may be. */
function wordsFor(place: string, type: TenantType | undefined): readonly string[] {
  if (isWord(place)) return ['any']
  return type ? ['any', `type:${type}`] : scopeWords
}

/** The words that may be given, which are those of the scope and the narrower ones. */
export function wordsWithin(scope: readonly string[]): string[] {
  return scopeWords.filter((word) => scope.includes(word) || scope.includes('any'))
}

export function reaches(scope: readonly string[], id: string, type: TenantType): boolean {
  return scope.includes(id) || scope.includes('any') || scope.includes(`type:${type}`)
}
