import { describe, expect, it } from 'vitest'
import { accountHoldings } from '../../console/src/tokens/account-holdings.ts'

const [a, b] = ['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11', '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c12']
const make = 'service_accounts.tokens'
const at = (tenant_id: string | null, ...permissions: string[]) => ({ tenant_id, permissions })
type Entries = ReturnType<typeof at>[]

/** By somebody who, unless it is said, may look at people everywhere. */
function offered(
  account: { tenants: string[]; authority: Entries | undefined },
  mine: Entries,
  looksIn?: string,
) {
  const types: Record<string, 'test' | 'production'> = { [a]: 'test', [b]: 'production' }
  const authority = mine.map(({ tenant_id, permissions }) => {
    const looks = tenant_id !== null && (looksIn === undefined || looksIn === tenant_id)
    return { tenant_id, permissions: [...permissions, ...(looks ? ['users.read'] : [])] }
  })
  return accountHoldings({ account, me: { authority }, typeOf: (id) => types[id] })
}

describe('What a token of a service account is offered', () => {
  it('is what both hold, tenant by tenant, and never what one holds here and the other there', () => {
    const account = { tenants: [a, b], authority: [at(a, 'x.read'), at(b, 'y.read', 'z.read')] }
    const mine = [at(a, make, 'y.read', 'x.read'), at(b, make, 'x.read', 'z.read')]
    expect(offered(account, mine)).toEqual({
      tenants: [a, b],
      authority: [at(a, 'x.read'), at(b, 'z.read')],
    })
  })

  it('lies where one makes tokens for accounts, and on the platform', () => {
    const account = { tenants: [a, b], authority: [at(null, 'roles.read'), at(b, 'x.read')] }
    const mine = [at(null, 'roles.read', 'settings.read'), at(a, make), at(b, 'x.read')]
    expect(offered(account, mine)).toEqual({ tenants: [a], authority: [at(null, 'roles.read')] })
  })

  it('is one’s own tenants where the account reaches them by a word, and no word that one lacks', () => {
    const account = { tenants: ['type:test'], authority: [at('type:test', 'x.read')] }
    const mine = [at(a, make, 'x.read'), at(b, make, 'x.read')]
    expect(offered(account, mine)).toEqual({ tenants: [a], authority: [at(a, 'x.read')] })
  })

  it('is all that one holds oneself where one may not look at what the account holds', () => {
    const mine = [at(a, make, 'x.read', 'y.read'), at(b, make, 'x.read')]
    const seen = { tenants: [a, b], authority: [at(a, 'x.read')] }
    expect(offered(seen, mine, a).authority).toEqual([at(a, 'x.read'), at(b, make, 'x.read')])
    const unseen = { tenants: [b], authority: undefined }
    expect(offered(unseen, mine, a).authority).toEqual([at(b, make, 'x.read')])
  })

  it('is every word within that of the account, for who holds it everywhere', () => {
    const account = { tenants: ['any'], authority: [at('any', 'x.read')] }
    const { tenants, authority } = offered(account, [at('any', make, 'x.read')])
    expect(tenants).toEqual(['any', 'type:test', 'type:production'])
    expect(authority.map(({ permissions }) => permissions)).toEqual(tenants.map(() => ['x.read']))
  })
})
