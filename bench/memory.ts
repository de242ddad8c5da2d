import { randomUUID } from 'node:crypto'
import type { Authority } from '../src/access/authority.ts'
import type { AuthorityRow } from '../src/access/authority-query.ts'
import { holdingsOf } from '../src/access/holdings.ts'
import { type KeptAuthority, keep } from '../src/access/kept-authority.ts'
import { bytesOf } from '../src/freshness/bytes.ts'
import { changeLog } from '../src/freshness/changes.ts'
import { dependenciesOf } from '../src/freshness/fresh-authority.ts'
import { kept } from '../src/freshness/kept.ts'

/**
 * `npm run bench:memory`: how many bytes of the heap a kept authority takes, beside what
 * src/freshness/bytes.ts counts for it, which must not be less.
 */
type Case = {
  name: string
  tenants: number
  permissions: number
  entries: number
  /** Does each owner have roles and tenants of their own? The worst there is: only the catalogue is common. */
  isUnshared: boolean
}

const collect = globalThis.gc
if (!collect) throw new Error('Run with node --expose-gc')

const cases: Case[] = [
  { name: 'no tenant', tenants: 0, permissions: 5, entries: 5000, isUnshared: false },
  { name: '3 tenants', tenants: 3, permissions: 20, entries: 5000, isUnshared: false },
  { name: '100 tenants', tenants: 100, permissions: 20, entries: 500, isUnshared: false },
  { name: 'no tenant, unshared', tenants: 0, permissions: 5, entries: 3000, isUnshared: true },
  { name: '3 tenants, unshared', tenants: 3, permissions: 20, entries: 3000, isUnshared: true },
  {
    name: '3 tenants, 100 permissions',
    tenants: 3,
    permissions: 100,
    entries: 1000,
    isUnshared: true,
  },
  { name: '100 tenants, unshared', tenants: 100, permissions: 20, entries: 300, isUnshared: true },
  { name: '1000 tenants, unshared', tenants: 1000, permissions: 5, entries: 30, isUnshared: true },
]

const catalogue = 2000
const nameOf = (n: number) => `product_${n % catalogue}.use_something`
const commonIds = Array.from({ length: 1000 }, () => randomUUID())
for (const one of cases) {
  const { bytes, counted } = measure(one)
  const verdict = bytes <= counted ? '' : '  MORE THAN COUNTED'
  console.log(
    `${one.name.padEnd(28)} ${bytes.toFixed(0).padStart(8)} bytes, counted ${counted}${verdict}`,
  )
  if (bytes > counted) process.exitCode = 1
}

function measure(one: Case): { bytes: number; counted: number } {
  const log = changeLog()
  const store = kept<KeptAuthority>(log, 2 ** 40, bytesOf)
  fill(store, one, 50) // What is made once, and what entries share.
  collect?.()
  const before = process.memoryUsage().heapUsed
  const last = fill(store, one, one.entries)
  collect?.()
  const bytes = (process.memoryUsage().heapUsed - before) / one.entries
  if (!store.get(last.key)) throw new Error('It was not kept')
  return { bytes, counted: bytesOf(last.authority) }
}

function fill(store: ReturnType<typeof kept<KeptAuthority>>, one: Case, entries: number) {
  let last = { key: '', authority: keep(rowOf(one, 0)) }
  for (let at = 0; at < entries; at += 1) {
    // As pg makes it: each row has strings of its own.
    const row = JSON.parse(JSON.stringify(rowOf(one, at)), revive) as AuthorityRow
    const key = `token_hash ${row.key}`
    const authority = keep(row)
    store.set(key, authority, 0, dependenciesOf(authority))
    // What a first use makes and is kept with it.
    holdingsOf(authority.facts as Authority)
    last = { key, authority }
  }
  return last
}

function revive(name: string, value: unknown): unknown {
  return name.endsWith('_at') && typeof value === 'string' ? new Date(value) : value
}

function rowOf({ tenants, permissions, isUnshared }: Case, at: number): AuthorityRow {
  const ids = Array.from({ length: tenants }, (_, n) =>
    isUnshared ? randomUUID() : (commonIds[(at + n) % commonIds.length] ?? ''),
  )
  const from = isUnshared ? Math.floor(Math.random() * catalogue) : 0
  const names = Array.from({ length: permissions }, (_, n) => nameOf(from + n * 7))
  const id = randomUUID()
  return {
    kind: 'personal_access_token',
    id,
    key: id.replaceAll('-', '').repeat(2),
    name: `A token of some name ${at}`,
    sign_in: null,
    ends_at: new Date(),
    expires_at: new Date(),
    is_ended: false,
    permissions: names.slice(0, 5),
    stored_tenants: ids,
    owner: {
      id: randomUUID(),
      is_service_account: false,
      email: `somebody.${at}@example.com`,
      name: `Somebody Else ${at}`,
      status: 'active',
      token_limit: 3,
      token_limit_until: null,
    },
    scope: ids,
    grants: (ids.length ? ids : [null]).map((tenant_id, n) => ({
      tenant_id,
      role_id: isUnshared ? randomUUID() : (commonIds[n % 50] ?? ''),
      permissions: isUnshared ? names.toReversed().concat(nameOf(from + n)) : names,
    })),
    blocked_tenant_ids: [],
    tenants: ids.map((id) => ({ id, type: 'production', status: 'active' })),
    read_at: new Date(),
  }
}
