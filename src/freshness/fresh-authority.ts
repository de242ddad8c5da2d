import type pg from 'pg'
import {
  type AuthorityRow,
  authoritiesStatements,
  authorityStatements,
} from '../access/authority-query.ts'
import {
  type AuthoritySubject,
  authorityReader,
  keyOf,
  type ReadAuthority,
  readTenant,
} from '../access/authority-reader.ts'
import { inForce, type KeptAuthority, keep } from '../access/kept-authority.ts'
import type { TenantFacts } from '../access/scope.ts'
import { bytesOf, bytesOfTenant } from './bytes.ts'
import { changeLog, type Dependency } from './changes.ts'
import { feedReader } from './feed.ts'
import { kept } from './kept.ts'
import { batched, shared } from './shared.ts'

type Loaded = { authority: KeptAuthority; read_at: Date }
type Presented = Extract<AuthoritySubject, { kind: 'token_hash' | 'session' }>

export type FreshAuthority = { read: ReadAuthority; close(): Promise<void> }

/**
 * Answers from what this process keeps, and is as true as a read of the database that is sent after the
 * request arrived: before anything kept is used, the feed of changes is looked at. What is not kept is read,
 * and was sent after the request arrived all the same. Where the look fails, so does the request.
 */
export function freshAuthority(
  pool: pg.Pool,
  connect: () => Promise<pg.Client>,
  maxBytes: number,
): FreshAuthority {
  const log = changeLog()
  const feed = feedReader(connect)
  const authorities = kept<KeptAuthority>(log, maxBytes, bytesOf)
  const tenants = kept<TenantFacts>(log, maxBytes / 16, bytesOfTenant)
  const readDirectly = authorityReader(pool)

  /** The database's clock at a look that was sent after the call; with it, what is kept is known to be true. */
  const look = shared(async () => {
    const { now, changes } = await feed.look()
    if (changes === null) log.forget()
    else log.record(changes)
    return now
  })

  const loaders = {
    token_hash: batched((keys) => load('token_hash', keys)),
    session: batched((keys) => load('session', keys)),
  }

  async function load(kind: Presented['kind'], keys: string[]): Promise<Map<string, Loaded>> {
    const { step } = log
    const [only] = keys
    const one = keys.length === 1
    const statement = (one ? authorityStatements : authoritiesStatements)[kind]
    const { rows } = await pool.query<AuthorityRow>({ ...statement, values: [one ? only : keys] })
    return new Map(
      rows.map((row) => {
        const authority = keep(row)
        authorities.set(`${kind} ${row.key}`, authority, step, dependenciesOf(authority))
        return [row.key, { authority, read_at: row.read_at }]
      }),
    )
  }

  async function readPresented(subject: Presented, tenantId: string | null) {
    const key = keyOf(subject)
    const name = `${subject.kind} ${key}`
    const now = authorities.has(name) ? await look() : null
    const known = now && authorities.get(name)
    if (!known) {
      const loaded = await loaders[subject.kind](key)
      const authority = loaded ? own(loaded.authority, subject) : null
      const named = await tenantOf(tenantId, authority, false)
      return inForce(authority, loaded?.read_at ?? new Date(0), named)
    }
    const authority = own(known, subject)
    return inForce(authority, now, await tenantOf(tenantId, authority, true))
  }

  /** `isLooked`: a look was sent since the request arrived, so what is kept of tenants is true, too. */
  async function tenantOf(
    id: string | null,
    authority: KeptAuthority | null,
    isLooked: boolean,
  ): Promise<TenantFacts | null> {
    if (id === null || authority === null) return null
    const named = authority.facts.tenants.get(id) ?? (isLooked && tenants.get(id))
    if (named) return named
    const { step } = log
    const tenant = await readTenant(pool, id)
    if (tenant) tenants.set(id, tenant, step, [`tenant ${id}`])
    return tenant
  }

  return {
    read: (subject, tenantId) =>
      subject.kind === 'token_hash' || subject.kind === 'session'
        ? readPresented(subject, tenantId)
        : readDirectly(subject, tenantId),
    close: feed.close,
  }
}

/** A session is found by its id, and must be of the user that its access token names. */
function own(authority: KeptAuthority, subject: Presented): KeptAuthority | null {
  const isOwn = subject.kind !== 'session' || authority.facts.owner.id === subject.user_id
  return isOwn ? authority : null
}

/** Everything that this authority was read from. */
function dependenciesOf({ facts, role_ids }: KeptAuthority): Dependency[] {
  return [
    `credential ${facts.credential.id}`,
    `owner ${facts.owner.id}`,
    ...role_ids.map((id) => `role ${id}` as const),
    ...[...facts.tenants.keys()].map((id) => `tenant ${id}` as const),
  ]
}
