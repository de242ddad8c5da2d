import { describe, expect, it } from 'vitest'
import { holdingsOf } from '../../src/access/holdings.ts'
import { authorityIn, type World } from '../support/worlds.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const world: World = {
  tenants: [a],
  scope: ['a'],
  grants: [
    { tenant_id: 'a', permissions: ['users.read'] },
    { tenant_id: 'a', permissions: ['users.create'] },
    { tenant_id: null, permissions: ['roles.read'] },
  ],
  token: { permissions: ['users.read'], tenants: ['a'] },
  blocked: ['a'],
}
const kept = authorityIn(world)

describe('The holdings of an authority', () => {
  it('are arranged once for all requests that share its sets', () => {
    const next = { ...kept, read_at: new Date(1), named_tenant: a }
    expect(holdingsOf(next)).toBe(holdingsOf(kept))
  })

  it('are its own, where it shares only some of its sets with another', () => {
    const before = holdingsOf(kept)
    const token = { permissions: ['users.create'], tenants: [] }
    expect([...holdingsOf({ ...kept, scope: ['any'] }).scope]).toEqual(['any'])
    expect([...holdingsOf({ ...kept, blocked_tenant_ids: ['b'] }).blocked]).toEqual(['b'])
    expect([...(holdingsOf({ ...kept, stored: token }).stored?.permissions ?? [])]).toEqual([
      'users.create',
    ])
    expect(holdingsOf({ ...kept, stored: null }).stored).toBeNull()
    expect([...holdingsOf({ ...kept, grants: [] }).grants]).toEqual([])
    expect(holdingsOf(kept)).toEqual(before)
  })

  it('share the set of a list that others hold, too: thousands hold the same role', () => {
    const { permissions } = world.grants[2] ?? { permissions: [] }
    const another = authorityIn({ ...world, grants: [{ tenant_id: 'b', permissions }] })
    expect(holdingsOf(another).grants.get('b')).toBe(holdingsOf(kept).grants.get(null))
  })

  it('add up what several grants give in one tenant, and nothing beyond it', () => {
    const { grants } = holdingsOf(kept)
    expect([...(grants.get('a') ?? [])]).toEqual(['users.read', 'users.create'])
    expect([...(grants.get(null) ?? [])]).toEqual(['roles.read'])
    const alone = authorityIn({ ...world, grants: world.grants.slice(0, 1) })
    expect([...(holdingsOf(alone).grants.get('a') ?? [])]).toEqual(['users.read'])
  })
})
