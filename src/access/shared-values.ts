import { LRUCache } from 'lru-cache'

/**
 * One and the same value for all that are equal. Thousands of owners hold few roles in few tenants, and all
 * permissions are of one catalogue: what is kept of authorities need not hold the same a thousand times.
 * Which values are shared is bounded, and so is what that takes: 1 MB for texts, 4 MB for lists of 50.
 */
const texts = new LRUCache<string, string>({ max: 10_000 })
const lists = new LRUCache<string, readonly string[]>({ max: 1000 })

/** Ids and names. */
export function sharedText(text: string): string {
  const known = texts.get(text)
  if (known === undefined) texts.set(text, text)
  return known ?? text
}

/** Lists of them, which nobody changes. */
export function sharedList(list: readonly string[]): readonly string[] {
  // Lists that decide must never be taken for one another, whatever their names hold.
  const name = JSON.stringify(list)
  const known = lists.get(name)
  if (known !== undefined) return known
  const made = list.map(sharedText)
  lists.set(name, made)
  return made
}
