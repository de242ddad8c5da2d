import { permissionsAt, reaches, scopeWords, type TenantType } from './holdings.ts'
import type { AuthorityEntry, Holdings } from './types.ts'

const maker = 'service_accounts.tokens'

type Sides = {
  account: Holdings
  me: Pick<Holdings, 'authority'>
  typeOf: (id: string) => TenantType | undefined
}

/**
 * What a token of a service account can be given by this person: place by place, what both hold, in the
 * tenants where this person makes tokens for accounts. The server has the last word.
 */
export function accountHoldings({ account, me, typeOf }: Sides): Holdings {
  const heldAt = (authority: readonly AuthorityEntry[], place: string | null) =>
    permissionsAt(authority, place, place === null ? undefined : typeOf(place))
  const mayMakeAt = (place: string) => heldAt(me.authority, place).has(maker)
  const isWithin = (id: string) => {
    const type = typeOf(id)
    if (type) return reaches(account.tenants, id, type)
    return account.tenants.includes(id) || account.tenants.includes('any')
  }
  const own = me.authority.flatMap(({ tenant_id }) => tenant_id ?? [])
  const words = scopeWords.filter(
    (word) => account.tenants.includes(word) || account.tenants.includes('any'),
  )
  const candidates = new Set([
    ...words,
    ...account.tenants,
    ...own.filter((place) => !isWord(place) && isWithin(place)),
  ])
  const tenants = [...candidates].filter(mayMakeAt)
  const authority = [null, ...tenants].map((place) => {
    const mine = heldAt(me.authority, place)
    const permissions = [...heldAt(account.authority, place)].filter((name) => mine.has(name))
    return { tenant_id: place, permissions }
  })
  return { tenants, authority: authority.filter(({ permissions }) => permissions.length > 0) }
}

const isWord = (entry: string): boolean => scopeWords.some((word) => word === entry)
