import { describe, expect, it } from 'vitest'
import { type Place, refusingLeg } from '../../src/access/decide.ts'
import type { Permission } from '../../src/access/permissions.ts'
import { authorityIn, type World } from '../support/worlds.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const b = { id: 'b', type: 'production', status: 'active' } as const
const read: Permission = { name: 'users.read', scope: 'tenant' }
const roles: Permission = { name: 'roles.read', scope: 'platform' }

/** Reads users in tenant a and roles on the platform, with a token for just that. */
const allowed: World = {
  tenants: [a, b],
  scope: ['a'],
  grants: [
    { tenant_id: 'a', permissions: ['users.read'] },
    { tenant_id: null, permissions: ['roles.read'] },
  ],
  token: { permissions: ['users.read', 'roles.read'], tenants: ['a'] },
  blocked: [],
}

const legOf = (change: Partial<World>, wanted = read, place: Place = a) =>
  refusingLeg(authorityIn({ ...allowed, ...change }), wanted, place)

describe('A decision', () => {
  it('allows what the token stores and its owner holds', () => {
    expect(legOf({})).toBeNull()
    expect(legOf({}, roles, null)).toBeNull()
  })

  it.each([
    ['token_tenant', { token: { permissions: ['users.read'], tenants: ['b'] } }],
    ['owner_tenant', { scope: ['b'] }],
    ['tenant_block', { blocked: ['a'] }],
    ['token_permission', { token: { permissions: ['roles.read'], tenants: ['a'] } }],
    ['owner_permission', { grants: [{ tenant_id: null, permissions: ['roles.read'] }] }],
  ] satisfies [string, Partial<World>][])('names %s where that alone refuses', (leg, change) => {
    expect(legOf(change)).toBe(leg)
  })

  it.each(['suspended', 'retired'] as const)(
    'names tenant_status where the tenant is %s',
    (status) => {
      expect(legOf({}, read, { ...a, status })).toBe('tenant_status')
    },
  )

  it('names the first that refuses: the tenant before the permission, the token before its owner', () => {
    const suspended = { ...a, status: 'suspended' } as const
    const world: World = {
      tenants: [suspended],
      scope: [],
      grants: [],
      token: { permissions: ['roles.read'], tenants: [] },
      blocked: ['a'],
    }
    const steps: [string, Partial<World>][] = [
      ['token_tenant', { token: { permissions: ['roles.read'], tenants: ['a'] } }],
      ['owner_tenant', { scope: ['a'] }],
      ['tenant_block', { blocked: [] }],
    ]
    let now = world
    for (const [leg, repair] of steps) {
      expect(refusingLeg(authorityIn(now), read, suspended)).toBe(leg)
      now = { ...now, ...repair }
    }
    expect(refusingLeg(authorityIn(now), read, suspended)).toBe('tenant_status')
    expect(refusingLeg(authorityIn(now), read, a)).toBe('token_permission')
    now = { ...now, token: { permissions: ['users.read'], tenants: ['a'] } }
    expect(refusingLeg(authorityIn(now), read, a)).toBe('owner_permission')
  })

  it('makes no cross product of a permission in one tenant and a scope that holds another', () => {
    const both = { scope: ['a', 'b'], token: { permissions: ['users.read'], tenants: ['a', 'b'] } }
    expect(legOf(both, read, a)).toBeNull()
    expect(legOf(both, read, b)).toBe('owner_permission')
    expect(legOf({ ...both, token: null }, read, b)).toBe('owner_permission')
  })

  it('gives no platform permission by a grant in a tenant, and none in a tenant', () => {
    const inTenant = { grants: [{ tenant_id: 'a', permissions: ['*.*'] }] }
    expect(legOf(inTenant, roles, null)).toBe('owner_permission')
    expect(legOf({ grants: [{ tenant_id: null, permissions: ['*.*'] }] }, roles, a)).toBe(
      'owner_permission',
    )
  })

  it('does not add two types up to any', () => {
    const everywhere = { grants: [{ tenant_id: null, permissions: ['*.*'] }], token: null }
    const types = ['type:test', 'type:production']
    expect(legOf({ ...everywhere, scope: types }, read, 'any')).toBe('owner_tenant')
    expect(legOf({ ...everywhere, scope: ['any'] }, read, 'type:test')).toBeNull()
    expect(legOf({ ...everywhere, scope: ['type:test'] }, read, b)).toBe('owner_tenant')
  })

  it('needs a wildcard as wide where a wildcard is asked for', () => {
    const wanted: Permission = { name: 'users.*', scope: 'tenant' }
    const held = (permissions: string[]) =>
      legOf({ token: null, grants: [{ tenant_id: 'a', permissions }] }, wanted)
    expect(held(['users.*'])).toBeNull()
    expect(held(['*.*'])).toBeNull()
    expect(held(['users.read', 'users.create'])).toBe('owner_permission')
  })
})
