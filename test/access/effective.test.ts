import { describe, expect, it } from 'vitest'
import { dormantPairs, effectiveEntries } from '../../src/access/effective.ts'
import { authorityIn, catalogue, type World } from '../support/worlds.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const b = { id: 'b', type: 'production', status: 'active' } as const
const suspended = { ...b, status: 'suspended' } as const

const owner: World = {
  tenants: [a, b],
  scope: ['a'],
  grants: [{ tenant_id: null, permissions: ['*.*'] }],
  token: null,
  blocked: [],
}
/** In no order of names, forwards or backwards. */
const unsorted = [...catalogue.slice(3), ...catalogue.slice(0, 3)]
const shown = (change: Partial<World>) =>
  effectiveEntries(authorityIn({ ...owner, ...change }), unsorted)
const dormant = (change: Partial<World>) =>
  dormantPairs(authorityIn({ ...owner, ...change }), unsorted)

describe('What is effective', () => {
  it('is shown by place, the platform first, with permissions in order', () => {
    expect(shown({})).toEqual([
      { tenant_id: null, permissions: ['roles.read', 'tokens.introspect'] },
      {
        tenant_id: 'a',
        permissions: ['tokens.read', 'user.read', 'users.create', 'users.read', 'users.readall'],
      },
    ])
  })

  it('leaves out places where nothing is held', () => {
    const grants = [{ tenant_id: 'b', permissions: ['users.read'] }]
    expect(shown({ grants, scope: ['a', 'b', 'type:test'] })).toEqual([
      { tenant_id: 'b', permissions: ['users.read'] },
    ])
    expect(shown({ grants, scope: ['b'], tenants: [a, suspended] })).toEqual([])
  })

  it('shows words as words, and no tenant that blocks', () => {
    const token = { permissions: ['users.read'], tenants: ['any'] }
    const change = { scope: ['any', 'a', 'b'], token, blocked: ['b'] }
    expect(shown(change)).toEqual([
      { tenant_id: 'any', permissions: ['users.read'] },
      { tenant_id: 'a', permissions: ['users.read'] },
    ])
    // A block by a tenant without facts hides nothing, and is no place of its own.
    expect(shown({ ...change, tenants: [a] })).toEqual(shown(change))
  })
})

describe('What is dormant', () => {
  it('is nothing of a session', () => {
    expect(dormant({ grants: [] })).toEqual([])
  })

  it('is each stored pair that is not effective, by permission and with its leg', () => {
    const token = { permissions: ['users.read', 'roles.read', 'users.create'], tenants: ['b', 'a'] }
    const grants = [{ tenant_id: 'a', permissions: ['users.read'] }]
    expect(dormant({ token, grants })).toEqual([
      { permission: 'roles.read', tenant_id: null, leg: 'owner_permission' },
      { permission: 'users.create', tenant_id: 'a', leg: 'owner_permission' },
      { permission: 'users.create', tenant_id: 'b', leg: 'owner_tenant' },
      { permission: 'users.read', tenant_id: 'b', leg: 'owner_tenant' },
    ])
  })

  it('tells of a tenant that blocks, once, where the token stores it or a word for it, and of no other', () => {
    const grants = [{ tenant_id: null, permissions: ['users.read'] }]
    const stored = (tenants: string[]) => ({ permissions: ['users.read'], tenants })
    const blocked = { permission: 'users.read', tenant_id: 'b', leg: 'tenant_block' }
    const change = { scope: ['any'], grants, blocked: ['b'] }
    expect(dormant({ ...change, token: stored(['any']) })).toEqual([blocked])
    expect(dormant({ ...change, token: stored(['b']) })).toEqual([blocked])
    expect(dormant({ ...change, token: stored(['type:test']) })).toEqual([])
    // In the scope, and not stored: nobody's loss.
    expect(dormant({ ...change, scope: ['a'], blocked: [], token: stored([]) })).toEqual([])
    // Of a tenant without facts there is nothing to tell.
    expect(dormant({ ...change, tenants: [a], token: stored(['any']) })).toEqual([])
  })
})
