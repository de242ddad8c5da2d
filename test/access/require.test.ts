import { describe, expect, it } from 'vitest'
import {
  mayKnow,
  refusal,
  requireInTenant,
  requirePermission,
  requireReach,
  requireReachOrRevival,
} from '../../src/access/require.ts'
import { authorityIn, type World } from '../support/worlds.ts'
import { refusalOf } from './refusal.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const b = { id: 'b', type: 'production', status: 'active' } as const
const suspended = { ...a, status: 'suspended' } as const
const read = { name: 'users.read', scope: 'tenant' } as const

const reader: World = {
  tenants: [a, b],
  scope: ['a'],
  grants: [{ tenant_id: null, permissions: ['users.read'] }],
  token: null,
  blocked: [],
}
const authority = (change: Partial<World> = {}) => authorityIn({ ...reader, ...change })
const named = { permissions: ['users.read'], tenants: ['a'] }

describe('A tenant', () => {
  it('may be known to whoever has it in the scope, or named on the token, and to nobody else', () => {
    expect(mayKnow(authority(), a)).toBe(true)
    expect(mayKnow(authority({ scope: ['type:test'] }), a)).toBe(true)
    expect(mayKnow(authority({ scope: [], token: named }), a)).toBe(true)
    expect(mayKnow(authority(), b)).toBe(false)
    expect(mayKnow(authority({ scope: [], token: { ...named, tenants: ['any'] } }), a)).toBe(false)
    expect(mayKnow(authority({ scope: [] }), a)).toBe(false)
  })
})

describe('A refusal', () => {
  const detailsOf = (place: Parameters<typeof refusal>[2]) =>
    refusal(authority(), read, place, 'owner_permission').extras.details

  it('names the place, unless the caller may not know of it', () => {
    const details = { permission: 'users.read', leg: 'owner_permission' }
    expect(detailsOf(a)).toEqual({ ...details, tenant_id: 'a' })
    expect(detailsOf(b)).toEqual({ ...details, tenant_id: null })
    expect(detailsOf('any')).toEqual({ ...details, tenant_id: 'any' })
    expect(detailsOf(null)).toEqual({ ...details, tenant_id: null })
  })

  it('carries the fields at fault', () => {
    const errors = [{ field: 'tenants', message: 'no' }]
    const thrown = refusalOf(() => requirePermission(authority(), read, b, errors))
    expect(thrown).toMatchObject({ status: 403, errors, details: { leg: 'owner_tenant' } })
  })
})

describe('What is required in a tenant', () => {
  it('is let through where it is held', () => {
    expect(() => requireInTenant(authority(), read, a)).not.toThrow()
    expect(() => requirePermission(authority(), read, 'type:test')).toThrow()
    expect(() => requirePermission(authority({ scope: ['any'] }), read, 'type:test')).not.toThrow()
  })

  it('is a 404 for one that is not there or may not be known, and else a 403 with the leg', () => {
    expect(refusalOf(() => requireInTenant(authority(), read, null)).status).toBe(404)
    expect(refusalOf(() => requireInTenant(authority(), read, undefined)).status).toBe(404)
    expect(refusalOf(() => requireInTenant(authority(), read, b)).status).toBe(404)
    const thrown = refusalOf(() => requireInTenant(authority({ grants: [] }), read, a))
    expect(thrown).toMatchObject({ status: 403, details: { leg: 'owner_permission' } })
  })
})

describe('What is required somewhere', () => {
  it('answers where it is held', () => {
    expect(requireReach(authority(), read).tenants).toEqual([a])
  })

  it.each<[string, Partial<World>]>([
    ['owner_permission', { grants: [] }],
    ['owner_permission', { grants: [], token: named }],
    ['owner_permission', { grants: [{ tenant_id: 'b', permissions: ['users.create'] }] }],
    ['token_permission', { token: { permissions: ['users.create'], tenants: ['a'] } }],
    ['token_permission', { grants: [], token: { permissions: ['users.create'], tenants: [] } }],
    ['token_tenant', { token: { ...named, tenants: [] } }],
    [
      'token_tenant',
      {
        token: { ...named, tenants: ['b'] },
        scope: ['a'],
        grants: [{ tenant_id: 'a', permissions: ['users.read'] }],
      },
    ],
    ['owner_tenant', { token: named, scope: [] }],
    ['owner_tenant', { scope: [], grants: [{ tenant_id: 'b', permissions: ['users.read'] }] }],
    ['owner_tenant', { token: { ...named, tenants: ['b'] } }],
    ['tenant_block', { token: named, blocked: ['a'] }],
    ['tenant_block', { token: { ...named, tenants: ['a', 'b'] }, blocked: ['a'] }],
    ['tenant_status', { tenants: [suspended] }],
    [
      'tenant_status',
      {
        tenants: [suspended, b],
        scope: ['a', 'b'],
        token: { ...named, tenants: ['a', 'b'] },
        blocked: ['b'],
      },
    ],
  ])('is refused with %s, the leg of the place that came furthest', (leg, change) => {
    const thrown = refusalOf(() => requireReach(authority(change), read))
    expect(thrown.details).toEqual({ permission: 'users.read', tenant_id: null, leg })
    expect(thrown.status).toBe(403)
  })
})

describe('What is required of who may bring tenants back', () => {
  const revival = { name: 'roles.read', scope: 'platform' } as const
  const none = { any: false, types: [], tenants: [], except_tenant_ids: [] }
  const reach = (change: Partial<World>) =>
    requireReachOrRevival(authority({ tenants: [suspended], ...change }), read, revival)
  const both = [{ tenant_id: null, permissions: ['users.read', 'roles.read'] }]

  it('is to hold both: an empty reach will do', () => {
    expect(reach({ grants: both })).toEqual(none)
    expect(reach({ grants: both, scope: [] })).toEqual(none)
    const inTenant = [
      { tenant_id: null, permissions: ['roles.read'] },
      { tenant_id: 'a', permissions: ['users.read'] },
    ]
    expect(reach({ grants: inTenant })).toEqual(none)
    expect(reach({ grants: both, tenants: [a] })).toEqual({ ...none, tenants: [a] })
  })

  it('is else a reach that is not empty', () => {
    const legOf = (change: Partial<World>) => refusalOf(() => reach(change)).details?.leg
    expect(legOf({})).toBe('tenant_status')
    expect(legOf({ grants: [{ tenant_id: null, permissions: ['roles.read'] }] })).toBe(
      'owner_permission',
    )
    expect(legOf({ grants: both, token: named })).toBe('tenant_status')
    expect(reach({ tenants: [a] })).toEqual({ ...none, tenants: [a] })
  })
})
