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
} from '../access/authority-reader.ts'
import { inForce, type KeptAuthority, keep } from '../access/kept-authority.ts'
import { sharedText } from '../access/shared-values.ts'
import { askAnew } from '../db/ask-anew.ts'
import { bytesOf } from './bytes.ts'
import { changeLog, type Dependency } from './changes.ts'
import { feedReader } from './feed.ts'
import { kept } from './kept.ts'
import { type KeptFacts, keptFacts } from './kept-facts.ts'
import { batched, shared } from './shared.ts'

type Presented = Extract<AuthoritySubject, { kind: 'token_hash' | 'session' }>

export type FreshAuthority = {
  read: ReadAuthority
  /** The catalogue, as true as what was last read for the same request. */
  catalogue: KeptFacts['catalogue']
  close(): Promise<void>
}

/**
 * Answers from what this process keeps, and is as true as a read of the database that is sent after the
 * request arrived: before anything kept is used, the feed of changes is looked at. What is not kept is read
 * meanwhile, and was sent after the request arrived all the same. Where the look fails, so does the request.
 */
export function freshAuthority(
  pool: pg.Pool,
  connect: () => Promise<pg.Client>,
  maxBytes: number,
): FreshAuthority {
  const log = changeLog()
  const feed = feedReader(connect)
  const authorities = kept<KeptAuthority>(log, maxBytes, bytesOf)
  const facts = keptFacts(pool, log, maxBytes / 16)
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

  async function load(
    kind: Presented['kind'],
    keys: string[],
  ): Promise<Map<string, KeptAuthority>> {
    const { step } = log
    const [only] = keys
    const one = keys.length === 1
    const statement = (one ? authorityStatements : authoritiesStatements)[kind]
    const values = [one ? only : keys]
    const { rows } = await askAnew(() => pool.query<AuthorityRow>({ ...statement, values }))
    return new Map(
      rows.map((row) => {
        const authority = keep(row)
        authorities.set(row.key, authority, step, dependenciesOf(authority))
        return [row.key, authority]
      }),
    )
  }

  async function readPresented(subject: Presented, tenantId: string | null) {
    // A hash and a UUID are never the same text: one key is enough for both kinds.
    const key = keyOf(subject)
    const entry = authorities.find(key)
    const loading = entry ? undefined : loaders[subject.kind](key)
    const now = loading ? (await Promise.all([look(), loading]))[0] : await look()
    const known = entry && (authorities.current(entry) ?? authorities.get(key))
    const found = known ?? (await (loading ?? loaders[subject.kind](key)))
    const authority = found ? own(found, subject) : null
    const named = tenantId !== null && authority ? await namedTenant(tenantId, authority) : null
    return inForce(authority, now, named)
  }

  /** What the authority itself tells of it was read with it. */
  const namedTenant = (id: string, authority: KeptAuthority) =>
    authority.facts.tenants.get(id) ?? facts.tenant(id)

  return {
    read: (subject, tenantId) =>
      subject.kind === 'token_hash' || subject.kind === 'session'
        ? readPresented(subject, tenantId)
        : readDirectly(subject, tenantId),
    catalogue: facts.catalogue,
    close: feed.close,
  }
}

/** A session is found by its id, and must be of the user that its access token names. */
function own(authority: KeptAuthority, subject: Presented): KeptAuthority | null {
  const isOwn = subject.kind !== 'session' || authority.facts.owner.id === subject.user_id
  return isOwn ? authority : null
}

/** Everything that this authority was read from. */
export function dependenciesOf({ facts, role_ids }: KeptAuthority): Dependency[] {
  return [
    `credential ${facts.credential.id}`,
    `owner ${facts.owner.id}`,
    ...role_ids.map((id) => sharedText(`role ${id}`) as Dependency),
    ...[...facts.tenants.keys()].map((id) => sharedText(`tenant ${id}`) as Dependency),
  ]
}
