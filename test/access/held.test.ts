import { describe, expect, it } from 'vitest'
import {
  holdsSomewhere,
  lacks,
  requireHeldAt,
  requireHeldEverywhere,
  requireToGive,
} from '../../src/access/held.ts'
import { authorityIn, catalogue, type World } from '../support/worlds.ts'
import { refusalOf } from './refusal.ts'

const a = { id: 'a', type: 'test', status: 'active' } as const
const b = { id: 'b', type: 'production', status: 'active' } as const
const suspended = { ...a, status: 'suspended' } as const
const read = { name: 'users.read', scope: 'tenant' } as const
const roles = { name: 'roles.read', scope: 'platform' } as const

/** Reads users in tenant a, and is in b as well. */
const reader: World = {
  tenants: [a, b],
  scope: ['a', 'b'],
  grants: [{ tenant_id: 'a', permissions: ['users.read'] }],
  token: null,
  blocked: [],
}
const authority = (change: Partial<World> = {}) => authorityIn({ ...reader, ...change })
const everywhere = (...permissions: string[]) => [{ tenant_id: null, permissions }]
const token = (permissions: string[], tenants = ['any']) => ({ permissions, tenants })

describe('What is lacked', () => {
  it('is what is not held at the place; a suspension is no loss', () => {
    expect(lacks(authority(), read, a)).toBe(false)
    expect(lacks(authority(), read, b)).toBe(true)
    expect(lacks(authority(), read, suspended)).toBe(false)
    expect(lacks(authority(), read, null)).toBe(true)
    expect(lacks(authority({ grants: everywhere('roles.read') }), roles, null)).toBe(false)
    const tests = { scope: ['type:test'], grants: everywhere('users.read') }
    expect(lacks(authority(tests), read, 'type:test')).toBe(false)
    expect(lacks(authority(tests), read, 'type:production')).toBe(true)
  })

  it('is also what a token may not use where it is blocked, under whatever name', () => {
    const blockedIn = (id: string, change: Partial<World> = {}) =>
      authority({
        scope: ['any'],
        grants: everywhere('users.read'),
        token: token(['users.read']),
        blocked: [id],
        ...change,
      })
    expect(lacks(blockedIn('a'), read, a)).toBe(true)
    expect(lacks(blockedIn('a'), read, b)).toBe(false)
    expect(lacks(blockedIn('a'), read, 'any')).toBe(true)
    expect(lacks(blockedIn('a'), read, 'type:test')).toBe(true)
    expect(lacks(blockedIn('a'), read, 'type:production')).toBe(false)
    // A block of a tenant that nothing is known of may lie under any word.
    expect(lacks(blockedIn('c', { tenants: [a] }), read, 'type:production')).toBe(true)
    expect(lacks(blockedIn('c', { tenants: [a] }), read, a)).toBe(false)
    // One of two that block lies under the word.
    const both = blockedIn('a', { blocked: ['a', 'b'] })
    expect(lacks(both, read, 'type:test')).toBe(true)
    const onPlatform = { grants: everywhere('roles.read'), token: token(['roles.read']) }
    expect(lacks(blockedIn('a', onPlatform), roles, null)).toBe(false)
  })

  it('is not what is held anywhere, in any of the ways to hold it', () => {
    expect(holdsSomewhere(authority(), read)).toBe(true)
    expect(holdsSomewhere(authority({ tenants: [suspended] }), read)).toBe(true)
    expect(holdsSomewhere(authority({ scope: ['b'] }), read)).toBe(false)
    expect(holdsSomewhere(authority(), roles)).toBe(false)
    expect(holdsSomewhere(authority({ grants: everywhere('roles.read') }), roles)).toBe(true)
    const inTenant = [{ tenant_id: 'a', permissions: ['roles.read'] }]
    expect(holdsSomewhere(authority({ grants: inTenant }), roles)).toBe(false)
    const nowhere = { scope: [], grants: everywhere('users.read', 'roles.read') }
    expect(holdsSomewhere(authority(nowhere), read)).toBe(false)
    expect(holdsSomewhere(authority(nowhere), roles)).toBe(true)
  })
})

describe('A place that is given', () => {
  const blocked: Partial<World> = {
    scope: ['any'],
    grants: everywhere('users.read'),
    token: token(['users.read']),
    blocked: ['a'],
  }

  it('needs the permission there, now', () => {
    expect(() => requireToGive(authority(), read, a)).not.toThrow()
    const thrown = refusalOf(() => requireToGive(authority(), read, suspended))
    expect(thrown.details).toEqual({
      permission: 'users.read',
      tenant_id: 'a',
      leg: 'tenant_status',
    })
  })

  it('is no word that holds a tenant which blocks the token', () => {
    const errors = [{ field: 'tenants', message: 'no' }]
    const details = { permission: 'users.read', tenant_id: 'any', leg: 'tenant_block' }
    const thrown = refusalOf(() => requireToGive(authority(blocked), read, 'any', errors))
    expect(thrown).toMatchObject({ status: 403, details, errors })
    expect(() => requireToGive(authority(blocked), read, 'type:production')).not.toThrow()
    const refused = refusalOf(() => requireToGive(authority(), read, b, errors))
    expect(refused).toMatchObject({ details: { leg: 'owner_permission' }, errors })
  })
})

describe('What is given at places', () => {
  const give = (patterns: string[], places: (typeof a | typeof b)[], change: Partial<World> = {}) =>
    requireHeldAt(authority(change), patterns, places, catalogue)
  const bothPlaces = { grants: everywhere('users.read') }

  it('needs every tenant permission of it at every place', () => {
    expect(() => give(['users.read'], [a])).not.toThrow()
    expect(() => give(['users.read'], [a, b], bothPlaces)).not.toThrow()
    expect(() => give(['users.read'], [])).not.toThrow()
    expect(refusalOf(() => give(['users.read'], [a, b])).details).toEqual({
      permission: 'users.read',
      tenant_id: 'b',
      leg: 'owner_permission',
    })
    const more = refusalOf(() => give(['users.read', 'users.create'], [a]))
    expect(more.details?.permission).toBe('users.create')
  })

  it('needs nothing for what is of the platform, or of no catalogue, for it has no effect there', () => {
    expect(() => give(['roles.read', 'users.read'], [a])).not.toThrow()
    expect(() => give(['gone.read'], [a])).not.toThrow()
  })

  it('needs a wildcard for a wildcard, whatever is in the catalogue', () => {
    expect(refusalOf(() => give(['user.*'], [a], { grants: everywhere('user.read') })).status).toBe(
      403,
    )
    expect(() => give(['user.*'], [a], { grants: everywhere('user.*') })).not.toThrow()
    expect(refusalOf(() => give(['roles.*'], [a])).details?.permission).toBe('roles.*')
  })

  it('says whether it is the token or its owner that lacks it', () => {
    const legOf = (change: Partial<World>) =>
      refusalOf(() => give(['users.create'], [a], change)).details?.leg
    expect(legOf({ token: token(['users.read']) })).toBe('token_permission')
    expect(legOf({ token: token(['users.create']) })).toBe('owner_permission')
    expect(legOf({})).toBe('owner_permission')
  })
})

describe('What is given everywhere', () => {
  const give = (patterns: string[], change: Partial<World>) =>
    requireHeldEverywhere(authority(change), patterns, catalogue)

  it('needs all of it held without a tenant, whatever the scope', () => {
    const grants = everywhere('users.read', 'roles.read')
    expect(() => give(['users.read', 'roles.read'], { grants, scope: [] })).not.toThrow()
    expect(refusalOf(() => give(['users.read'], {})).details).toEqual({
      permission: 'users.read',
      tenant_id: null,
      leg: 'owner_permission',
    })
    const inTenant = [{ tenant_id: 'a', permissions: ['*.*'] }]
    expect(refusalOf(() => give(['roles.read'], { grants: inTenant })).status).toBe(403)
  })

  it('needs a wildcard for tenants and platform both', () => {
    expect(() => give(['roles.*'], { grants: everywhere('roles.*') })).not.toThrow()
    const concrete = everywhere('roles.read')
    expect(refusalOf(() => give(['roles.*'], { grants: concrete })).details?.permission).toBe(
      'roles.*',
    )
  })

  it('says whether it is the token or its owner that lacks it', () => {
    const grants = everywhere('users.read', 'roles.read')
    const refused = refusalOf(() => give(['roles.read'], { grants, token: token(['users.read']) }))
    expect(refused.details?.leg).toBe('token_permission')
  })
})
