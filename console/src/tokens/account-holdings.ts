import { permissionsAt, reaches, scopeWords, type TenantType } from './holdings.ts'
import type { AuthorityEntry, Holdings } from './types.ts'

const maker = 'service_accounts.tokens'
const looker = 'users.read'

type Sides = {
  /** `authority` as the API shows it to this person; undefined where it shows none of it. */
  account: Pick<Holdings, 'tenants'> & { authority: Holdings['authority'] | undefined }
  me: Pick<Holdings, 'authority'>
  typeOf: (id: string) => TenantType | undefined
}

/**
 * What a token of a service account can be given by this person: place by place, what both hold, in the
 * tenants where this person makes tokens for accounts; what they hold themselves where they may not look at what
 * the account holds. The server has the last word.
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
    const isSeen = place === null || mine.has(looker)
    const its = isSeen && account.authority ? heldAt(account.authority, place) : mine
    return { tenant_id: place, permissions: [...its].filter((name) => mine.has(name)) }
  })
  return { tenants, authority: authority.filter(({ permissions }) => permissions.length > 0) }
}

const isWord = (entry: string): boolean => scopeWords.some((word) => word === entry)
