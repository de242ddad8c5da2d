import { describe, expect, it } from 'vitest'
import type { AuthorityRow } from '../../src/access/authority-query.ts'
import { inForce, keep } from '../../src/access/kept-authority.ts'
import { unauthorized } from '../../src/http/errors.ts'

const now = new Date('2026-11-22T12:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const tenant = { id: 't', type: 'test', status: 'active' } as const

const row: AuthorityRow = {
  kind: 'personal_access_token',
  id: 'credential',
  key: 'key',
  name: 'runner',
  ends_at: null,
  expires_at: null,
  is_ended: false,
  permissions: ['users.read'],
  stored_tenants: ['t'],
  owner: {
    id: 'owner',
    is_service_account: false,
    email: 'ada@example.com',
    name: 'Ada',
    status: 'active',
    token_limit: 8,
    token_limit_until: null,
  },
  scope: ['t', 'any'],
  grants: [{ role_id: 'role', tenant_id: null, permissions: ['users.read'] }],
  blocked_tenant_ids: ['t'],
  tenants: [tenant],
  read_at: now,
}
const session = { kind: 'session', permissions: null, stored_tenants: null, name: null } as const
const of = (change: Partial<AuthorityRow>) => inForce(keep({ ...row, ...change }), now, null)
const owner = (change: Partial<AuthorityRow['owner']>) => ({ owner: { ...row.owner, ...change } })
const out = (reason: string) => unauthorized(reason)

function reasonOf(check: () => unknown): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return (error as ReturnType<typeof unauthorized>).extras.reason
  }
}

describe('An authority that is kept', () => {
  it('has the facts of its row, and the moment and tenant of the request', () => {
    const { token_limit_until: _, ...facts } = row.owner
    expect(inForce(keep(row), now, tenant)).toEqual({
      owner: facts,
      credential: { kind: row.kind, id: 'credential', name: 'runner', expires_at: null },
      stored: { permissions: ['users.read'], tenants: ['t'] },
      scope: ['t', 'any'],
      grants: [{ tenant_id: null, permissions: ['users.read'] }],
      blocked_tenant_ids: ['t'],
      tenants: new Map([['t', tenant]]),
      read_at: now,
      named_tenant: tenant,
    })
    expect(keep(row).role_ids).toEqual(['role'])
  })

  it('stores nothing for a session and for an owner alone, and two empty sets for a token without', () => {
    expect(of(session)).toMatchObject({ stored: null, credential: { kind: 'session' } })
    const alone = of({ ...session, kind: 'none' })
    expect(alone).toMatchObject({ stored: null, credential: { kind: 'session' } })
    const empty = of({ permissions: null, stored_tenants: null })
    expect(empty.stored).toEqual({ permissions: [], tenants: [] })
  })

  it('is in force until the instant of its end, and not at it', () => {
    expect(reasonOf(() => of({ ends_at: at(1) }))).toBeUndefined()
    expect(reasonOf(() => of({ ends_at: at(0) }))).toBe('expired')
    expect(reasonOf(() => of({ ends_at: at(-1) }))).toBe('expired')
  })

  it('is in force for an active owner only, unknown for none, and ended for good', () => {
    expect(() => inForce(null, now, null)).toThrow(out('unknown'))
    expect(reasonOf(() => inForce(null, now, null))).toBe('unknown')
    expect(reasonOf(() => of({ is_ended: true }))).toBe('revoked')
    expect(reasonOf(() => of(owner({ status: 'deactivated' })))).toBe('owner not active')
    expect(reasonOf(() => of(owner({ status: 'invited' })))).toBe('owner not active')
  })

  it('is no session of a service account, whose tokens and holdings are in force', () => {
    const account = owner({ is_service_account: true })
    expect(reasonOf(() => of({ ...account, ...session }))).toBe('session of a service account')
    expect(reasonOf(() => of(account))).toBeUndefined()
    expect(reasonOf(() => of({ ...account, ...session, kind: 'none' }))).toBeUndefined()
  })

  it('has a raised token limit until its date', () => {
    const until = (ms: number) => of(owner({ token_limit_until: at(ms).toISOString() })).owner
    expect(until(1)).toMatchObject({ token_limit: 8 })
    expect(until(-1)).toMatchObject({ token_limit: 3 })
    expect(of({}).owner.token_limit).toBe(8)
  })
})
