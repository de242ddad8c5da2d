import fc from 'fast-check'
import type { Authority } from '../../src/access/authority.ts'
import type { Permission } from '../../src/access/permissions.ts'
import { scopeWords, type TenantFacts } from '../../src/access/scope.ts'

/** One owner with one credential, among a few tenants, at one moment. */
export type World = {
  tenants: TenantFacts[]
  scope: string[]
  grants: { tenant_id: string | null; permissions: string[] }[]
  /** Null: a session. */
  token: { permissions: string[]; tenants: string[] } | null
  /** The tenants that block the token. */
  blocked: string[]
}

/** Few names, so that they meet; some that only differ in the part after the dot, or by a letter before it. */
export const catalogue: Permission[] = [
  { name: 'users.read', scope: 'tenant' },
  { name: 'users.readall', scope: 'tenant' },
  { name: 'users.create', scope: 'tenant' },
  { name: 'user.read', scope: 'tenant' },
  { name: 'tokens.read', scope: 'tenant' },
  { name: 'tokens.introspect', scope: 'platform' },
  { name: 'roles.read', scope: 'platform' },
]

const names = catalogue.map(({ name }) => name)
const patterns = [...names, 'users.*', 'user.*', 'tokens.*', 'roles.*', '*.*']
const ids = ['a', 'b', 'c', 'd']

const tenantsArbitrary = fc.tuple(
  ...ids.map((id) =>
    fc.record({
      id: fc.constant(id),
      type: fc.constantFrom('test' as const, 'production' as const),
      status: fc.oneof(
        { weight: 4, arbitrary: fc.constant('active' as const) },
        { weight: 1, arbitrary: fc.constantFrom('suspended' as const, 'retired' as const) },
      ),
    }),
  ),
)
const entry = fc.constantFrom(...ids, ...scopeWords)
const entries = fc.uniqueArray(entry, { maxLength: 4 })
const grant = fc.record({
  tenant_id: fc.constantFrom(null, ...ids),
  permissions: fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 3 }),
})
const token = fc.record({
  permissions: fc.oneof<fc.Arbitrary<string[]>[]>(
    fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
    fc.constant(['*.*']),
  ),
  tenants: entries,
})

export const world: fc.Arbitrary<World> = fc.record({
  tenants: tenantsArbitrary,
  scope: entries,
  grants: fc.array(grant, { maxLength: 4 }),
  token: fc.option(token, { freq: 4, nil: null }),
  blocked: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 1 }),
})

/** What happens to the owner, the tenants and the blocks; never to what the token stores. */
export type Change =
  | { kind: 'lose scope' | 'gain scope'; entry: string }
  | { kind: 'lose grants'; tenant_id: string | null }
  | { kind: 'gain grant'; grant: World['grants'][number] }
  | { kind: 'lift block' | 'gain block'; id: string }
  | { kind: 'set status'; id: string; status: TenantFacts['status'] }

const kind = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds)
const id = fc.constantFrom(...ids)

export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: kind('lose scope', 'gain scope'), entry }),
  fc.record({ kind: kind('lose grants'), tenant_id: fc.constantFrom(null, ...ids) }),
  fc.record({ kind: kind('gain grant'), grant }),
  fc.record({ kind: kind('lift block', 'gain block'), id }),
  fc.record({
    kind: kind('set status'),
    id,
    status: kind('active', 'suspended', 'retired'),
  }),
)

export function applyChange(before: World, change: Change): World {
  switch (change.kind) {
    case 'lose scope':
      return { ...before, scope: before.scope.filter((one) => one !== change.entry) }
    case 'gain scope':
      return { ...before, scope: [...new Set([...before.scope, change.entry])] }
    case 'lose grants':
      return {
        ...before,
        grants: before.grants.filter((one) => one.tenant_id !== change.tenant_id),
      }
    case 'gain grant':
      return { ...before, grants: [...before.grants, change.grant] }
    case 'lift block':
      return { ...before, blocked: before.blocked.filter((one) => one !== change.id) }
    case 'gain block':
      return { ...before, blocked: [...new Set([...before.blocked, change.id])] }
    case 'set status': {
      const { id, status } = change
      const tenants = before.tenants.map((one) => (one.id === id ? { ...one, status } : one))
      return { ...before, tenants }
    }
  }
}

/** The world as the authority reader would have read it: with the facts of the tenants that are named. */
export function authorityIn({ tenants, scope, grants, token, blocked }: World): Authority {
  const named = new Set([
    ...scope,
    ...(token?.tenants ?? []),
    ...grants.flatMap(({ tenant_id }) => tenant_id ?? []),
    ...(token ? blocked : []),
  ])
  const facts = tenants.filter((tenant) => named.has(tenant.id))
  return {
    owner: {
      id: 'owner',
      is_service_account: false,
      email: 'owner@example.com',
      name: 'Owner',
      status: 'active',
      token_limit: 3,
    },
    credential: {
      kind: token ? 'personal_access_token' : 'session',
      id: 'credential',
      name: null,
      expires_at: null,
    },
    sign_in: token
      ? null
      : {
          auth_methods: ['password'],
          began_at: new Date(0),
          authenticated_at: new Date(0),
          second_factor: 'optional',
          step_up_minutes: 15,
          has_password: true,
          has_totp: false,
          has_passkey: false,
        },
    stored: token,
    scope,
    grants,
    // Only a token can be blocked; the reader finds blocks by its id.
    blocked_tenant_ids: token ? blocked : [],
    tenants: new Map(facts.map((tenant) => [tenant.id, tenant])),
    named_tenant: null,
    read_at: new Date(0),
  }
}
