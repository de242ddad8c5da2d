import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Authority } from '../../src/access/authority.ts'
import { type Leg, type Place, permissionLeg, refusingLeg } from '../../src/access/decide.ts'
import { dormantPairs, effectiveEntries } from '../../src/access/effective.ts'
import type { Permission } from '../../src/access/permissions.ts'
import { reachOf } from '../../src/access/reach.ts'
import { scopeWords } from '../../src/access/scope.ts'
import {
  applyChange,
  authorityIn,
  type Change,
  catalogue,
  change,
  type World,
  world,
} from '../support/worlds.ts'

const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) }

type Decide = (authority: Authority, wanted: Permission, place: Place) => Leg | null

// The reference: the contract's first sentence, as sets of pairs and nothing else. A word of a tenant
// scope means tenants that do not exist yet, so it is asked about as a tenant made a moment ago.
type Holder = {
  scope: readonly string[]
  holds: (permission: string, tenant: string | null) => boolean
}

function pairs({ tenants }: World, { scope, holds }: Holder): Set<string> {
  const made = ['test', 'production', 'of a type to come'].map((type) => ({
    id: `new ${type}`,
    type,
  }))
  const places = [...tenants, ...made].filter(({ id, type }) => covers(scope, id, type))
  return new Set(
    catalogue.flatMap(({ name, scope: kind }) =>
      (kind === 'platform' ? [null] : places.map(({ id }) => id))
        .filter((tenant) => holds(name, tenant))
        .map((tenant) => `${name} in ${tenant}`),
    ),
  )
}

function covers(scope: readonly string[], id: string, type: string): boolean {
  return [id, 'any', `type:${type}`].some((entry) => scope.includes(entry))
}

function matches(patterns: readonly string[], permission: string): boolean {
  const [resource] = permission.split('.')
  return ['*.*', `${resource}.*`, permission].some((pattern) => patterns.includes(pattern))
}

function ownerPairs(world: World): Set<string> {
  const holds = (permission: string, tenant: string | null) =>
    world.grants.some(
      (grant) => [null, tenant].includes(grant.tenant_id) && matches(grant.permissions, permission),
    )
  return pairs(world, { scope: world.scope, holds })
}

function effectivePairs(world: World): Set<string> {
  const { token } = world
  const owners = ownerPairs(world)
  if (!token) return withoutInactive(world, owners)
  const holds = (permission: string) => matches(token.permissions, permission)
  const stored = pairs(world, { scope: token.tenants, holds })
  const blocked = ({ id }: { id: string }) => world.blocked.includes(id)
  const both = withoutInactive(world, new Set([...owners].filter((pair) => stored.has(pair))))
  return without(both, world.tenants.filter(blocked))
}

const withoutInactive = (world: World, set: Set<string>) =>
  without(
    set,
    world.tenants.filter(({ status }) => status !== 'active'),
  )

const without = (set: Set<string>, tenants: { id: string }[]) =>
  new Set([...set].filter((pair) => !tenants.some(({ id }) => pair.endsWith(` in ${id}`))))

const newTenantOf: Record<string, string> = {
  any: 'new of a type to come',
  'type:test': 'new test',
  'type:production': 'new production',
}
const nameOf = (place: Place) =>
  place === null ? null : typeof place === 'string' ? newTenantOf[place] : place.id

function decidedPairs(world: World, decide: Decide): Set<string> {
  const places: Place[] = [null, ...scopeWords, ...world.tenants]
  return new Set(
    catalogue.flatMap((permission) =>
      places
        .filter((place) => decide(authorityIn(world), permission, place) === null)
        .map((place) => `${permission.name} in ${nameOf(place)}`),
    ),
  )
}

/** Whatever is decided is what the reference holds: no pair more, no pair less. */
const decidesLikeTheReference = (decide: Decide) =>
  fc.property(world, (given) => {
    expect([...decidedPairs(given, decide)].sort()).toEqual([...effectivePairs(given)].sort())
  })

describe('The authority of a credential', () => {
  it('is the intersection of what is stored and what the owner holds, pair by pair', () => {
    fc.assert(decidesLikeTheReference(refusingLeg), { numRuns: 3 * runs.numRuns })
  })

  it('is, for a token, never more than its owner has in a session', () => {
    fc.assert(
      fc.property(world, (given) => {
        const owner = { ...given, token: null, blocked: [] }
        const owners = decidedPairs(owner, refusingLeg)
        const more = [...decidedPairs(given, refusingLeg)].filter((pair) => !owners.has(pair))
        expect(more).toEqual([])
      }),
      runs,
    )
  })

  it('follows every loss and regain of its owner, while the stored sets stay as they are', () => {
    fc.assert(
      fc.property(world, fc.array(change, { minLength: 1, maxLength: 6 }), (given, changes) => {
        const stored = structuredClone(given.token)
        const atFirst = [...decidedPairs(given, refusingLeg)].sort()
        const history = [given]
        for (const one of changes) history.push(applyChange(history.at(-1) ?? given, one))

        for (const moment of history) {
          const decided = [...decidedPairs(moment, refusingLeg)].sort()
          expect(decided).toEqual([...effectivePairs(moment)].sort())
          expect(moment.token).toEqual(stored)
        }
        // The owner gets back, in whatever order, all that was taken, and loses all that was given.
        const last = history.at(-1) ?? given
        const restored = { ...last, ...restoredFrom(given) }
        expect([...decidedPairs(restored, refusingLeg)].sort()).toEqual(atFirst)
      }),
      runs,
    )
  })

  it('gains nothing by a loss: what the owner loses only ever takes pairs away', () => {
    const loss = change.filter(({ kind }) => kind.startsWith('lose'))
    fc.assert(
      fc.property(world, loss, (given: World, lost: Change) => {
        const before = decidedPairs(given, refusingLeg)
        const after = decidedPairs(applyChange(given, lost), refusingLeg)
        expect([...after].filter((pair) => !before.has(pair))).toEqual([])
      }),
      runs,
    )
  })
})

function restoredFrom({ tenants, scope, grants, blocked }: World) {
  return { tenants, scope: scope.toReversed(), grants: grants.toReversed(), blocked }
}

describe('The property', () => {
  it('finds the cross product of permissions held anywhere and tenants in scope', () => {
    const crossProduct: Decide = (authority, wanted, place) => {
      const everywhere = authority.grants.map((grant) => ({ ...grant, tenant_id: null }))
      return refusingLeg({ ...authority, grants: everywhere }, wanted, place)
    }
    expect(fc.check(decidesLikeTheReference(crossProduct), runs).failed).toBe(true)
  })

  it('finds a token that is taken at its word, whatever its owner has lost', () => {
    const storedOnly: Decide = (authority, wanted, place) => {
      const leg = refusingLeg(authority, wanted, place)
      return authority.stored && leg?.startsWith('owner_') ? null : leg
    }
    expect(fc.check(decidesLikeTheReference(storedOnly), runs).failed).toBe(true)
  })

  it('finds a tenant that is not looked at', () => {
    expect(fc.check(decidesLikeTheReference(permissionLeg), runs).failed).toBe(true)
  })
})

describe('Effective entries', () => {
  it('name exactly the pairs that are held where the sets name a place', () => {
    fc.assert(
      fc.property(world, (given) => {
        const named = new Set([
          'null',
          ...given.scope,
          ...(given.token?.tenants ?? []),
          ...given.grants.flatMap(({ tenant_id }) => tenant_id ?? []),
        ])
        const expected = [...effectivePairs(given)].filter((pair) =>
          [...named].some((entry) => pair.endsWith(` in ${newTenantOf[entry] ?? entry}`)),
        )
        const shown = effectiveEntries(authorityIn(given), catalogue).flatMap(
          ({ tenant_id, permissions }) =>
            permissions.map((name) => `${name} in ${newTenantOf[tenant_id ?? ''] ?? tenant_id}`),
        )
        expect(shown.sort()).toEqual(expected.sort())
      }),
      runs,
    )
  })

  it('and dormant pairs together are what a token stores, each pair once', () => {
    fc.assert(
      fc.property(world, (given) => {
        fc.pre(given.token !== null)
        const { permissions = [], tenants = [] } = given.token ?? {}
        const authority = authorityIn(given)
        const effective = effectiveEntries(authority, catalogue).flatMap((entry) =>
          entry.permissions.map((name) => [name, entry.tenant_id] as const),
        )
        const dormant = dormantPairs(authority, catalogue).map(
          ({ permission, tenant_id }) => [permission, tenant_id] as const,
        )
        // A block is told of by its tenant, also where the token stores only a word for it.
        const blocked = given.tenants
          .filter(({ id, type }) => given.blocked.includes(id) && covers(tenants, id, type))
          .map(({ id }) => id)
        const places = [...new Set([...tenants, ...blocked])]
        const stored = catalogue
          .filter(({ name }) => matches(permissions, name))
          .flatMap(({ name, scope }) =>
            (scope === 'platform' ? [null] : places).map((place) => [name, place] as const),
          )
        const atStored = effective.filter(([, place]) => place === null || places.includes(place))
        expect([...atStored, ...dormant].map(String).sort()).toEqual(stored.map(String).sort())
      }),
      runs,
    )
  })
})

describe('The reach of a permission', () => {
  it('holds exactly the tenants where the permission is held', () => {
    fc.assert(
      fc.property(world, (given) => {
        const held = effectivePairs(given)
        for (const permission of catalogue.filter(({ scope }) => scope === 'tenant')) {
          const { any, types, tenants, except_tenant_ids } = reachOf(authorityIn(given), permission)
          const within = given.tenants.filter(
            ({ id, type, status }) =>
              status === 'active' &&
              !except_tenant_ids.includes(id) &&
              (any || types.includes(type) || tenants.some((tenant) => tenant.id === id)),
          )
          const expected = given.tenants.filter(({ id }) => held.has(`${permission.name} in ${id}`))
          expect(within.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
        }
      }),
      runs,
    )
  })

  it('holds nothing for a permission of the platform', () => {
    fc.assert(
      fc.property(world, (given) => {
        const reach = reachOf(authorityIn(given), { name: 'roles.read', scope: 'platform' })
        expect(reach).toMatchObject({ any: false, types: [], tenants: [] })
      }),
      runs,
    )
  })
})
