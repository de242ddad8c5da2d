import { describe, expect, it } from 'vitest'
import { isBoundless, isEmpty, type Reach, reachOf } from '../../src/access/reach.ts'
import { authorityIn, type World } from '../support/worlds.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const b = { id: 'b', type: 'production', status: 'suspended' } as const
const read = { name: 'users.read', scope: 'tenant' } as const
const none: Reach = { any: false, types: [], tenants: [], except_tenant_ids: [] }

const everywhere: World = {
  tenants: [a, b],
  scope: [],
  grants: [{ tenant_id: null, permissions: ['users.read'] }],
  token: null,
  blocked: [],
}
const reachIn = (scope: string[], change: Partial<World> = {}) =>
  reachOf(authorityIn({ ...everywhere, scope, ...change }), read)

describe('The reach of a permission', () => {
  it('keeps words as words, and tenants as what they are', () => {
    expect(reachIn(['any'])).toEqual({ ...none, any: true })
    expect(reachIn(['type:test'])).toEqual({ ...none, types: ['test'] })
    expect(reachIn(['type:production'])).toEqual({ ...none, types: ['production'] })
    expect(reachIn(['a'])).toEqual({ ...none, tenants: [a] })
    expect(reachIn(['a', 'type:production', 'any'])).toEqual({
      ...none,
      any: true,
      types: ['production'],
      tenants: [a],
    })
  })

  it('holds no tenant that is suspended, and excepts those that block the token', () => {
    expect(reachIn(['b'])).toEqual(none)
    const token = { permissions: ['users.read'], tenants: ['any'] }
    expect(reachIn(['any', 'a'], { token, blocked: ['a'] })).toEqual({
      ...none,
      any: true,
      except_tenant_ids: ['a'],
    })
  })

  it('is boundless where it holds any tenant and none is excepted', () => {
    expect(isBoundless({ ...none, any: true })).toBe(true)
    expect(isBoundless({ ...none, any: true, except_tenant_ids: ['a'] })).toBe(false)
    expect(isBoundless({ ...none, types: ['test', 'production'] })).toBe(false)
  })

  it('is empty where it holds neither a word nor a tenant', () => {
    expect(isEmpty(none)).toBe(true)
    expect(isEmpty({ ...none, except_tenant_ids: ['a'] })).toBe(true)
    expect(isEmpty({ ...none, any: true })).toBe(false)
    expect(isEmpty({ ...none, types: ['test'] })).toBe(false)
    expect(isEmpty({ ...none, tenants: [a] })).toBe(false)
  })
})
