import type { FastifyRequest } from 'fastify'
import { authorityLock } from '../db/advisory-locks.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { Authority } from './authority.ts'
import { type AuthorityRow, authorityStatements } from './authority-query.ts'
import { ifNotInForce } from './authority-reader.ts'
import { decideAccess, namedTenantId } from './decide-access.ts'
import { inForce, keep } from './kept-authority.ts'
import type { TenantFacts } from './scope.ts'

type Transaction = Prisma.TransactionClient

/** What a change takes or gives, beside what its caller holds. */
export type Touched = {
  /** The users whose authority it changes. */
  users?: readonly string[]
  /** It changes what many hold: a role, the catalogue, a tenant's status. */
  everybody?: boolean
}

/**
 * A transaction in which the caller's authority holds still: nobody takes of it, or ends the credential,
 * until the transaction has ended; and what it is by then has been read and decided upon once more. So no
 * change commits on a right that was lost before.
 *
 * `request.authority` and `request.reach` are those of now within `change`, which must read them there.
 *
 * Locks are taken in one order, so that two who change each other wait and don't deadlock: the one for
 * everybody (shared, or by who changes what many hold, alone), users by id, the credential.
 */
export async function changing<Result>(
  prisma: PrismaClient,
  request: FastifyRequest,
  { users = [], everybody = false }: Touched,
  change: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return prisma.$transaction(async (tx) => {
    if (everybody) await tx.$executeRaw`SELECT pg_advisory_xact_lock(${authorityLock})`
    else await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${authorityLock})`
    const { owner, credential } = request.authority
    await lockUsers(tx, users, owner.id)
    await lockCredential(tx, credential)
    request.optionalAuthority = await authorityNow(tx, request)
    decideAccess(request, request.authority)
    return change(tx)
  })
}

/** Who once asked for what is now done without their request. */
export type Beginner = { user_id: string; credential: Credential }

type Credential = Pick<Authority['credential'], 'kind' | 'id'>

/** For work that goes on after the request that began it: the locks of `changing`, in its order. */
export async function lockForWork(
  tx: Transaction,
  users: readonly string[],
  { user_id, credential }: Beginner,
): Promise<void> {
  await lockForOwner(tx, users, user_id)
  await lockCredential(tx, credential)
}

/** The same where what an owner holds counts, and no credential. */
export async function lockForOwner(
  tx: Transaction,
  users: readonly string[],
  ownerId: string,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${authorityLock})`
  await lockUsers(tx, users, ownerId)
}

async function lockUsers(
  tx: Transaction,
  users: readonly string[],
  ownerId: string,
): Promise<void> {
  for (const id of [...new Set([...users, ownerId])].sort()) {
    if (users.includes(id)) {
      await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    } else await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${id}::uuid FOR SHARE`
  }
}

/** Who ends it waits, and who ended it is seen by the read that follows. */
async function lockCredential(tx: Transaction, { kind, id }: Credential): Promise<void> {
  if (kind === 'session') {
    await tx.$executeRaw`SELECT 1 FROM sessions WHERE id = ${id}::uuid FOR SHARE`
  } else await tx.$executeRaw`SELECT 1 FROM tokens WHERE id = ${id}::uuid FOR SHARE`
}

/** What an owner holds now, without a credential; null where the owner is not active. Lock the owner first. */
export async function ownerNow(tx: Transaction, id: string): Promise<Authority | null> {
  const [row] = await tx.$queryRawUnsafe<AuthorityRow[]>(authorityStatements.owner.text, id)
  return row?.owner.status === 'active' ? inForce(keep(row), row.read_at, null) : null
}

/** What a session may do now; null where it is not in force any more. Lock its owner first. */
export async function sessionNow(tx: Transaction, id: string): Promise<Authority | null> {
  const [row] = await tx.$queryRawUnsafe<AuthorityRow[]>(authorityStatements.session.text, id)
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`
  try {
    return inForce(row ? keep(row) : null, now, null)
  } catch (error) {
    return ifNotInForce(error)
  }
}

/**
 * What who began something may do now: a token only as long as it is in force, as narrow as it is; a person
 * who was signed in, what they hold. Null: nothing any more. Call lockForWork before.
 */
export async function beginnerNow(
  tx: Transaction,
  { user_id, credential: { kind, id } }: Beginner,
): Promise<Authority | null> {
  if (kind === 'session') return ownerNow(tx, user_id)
  const [row] = await tx.$queryRawUnsafe<AuthorityRow[]>(authorityStatements.token_id.text, id)
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`
  try {
    return inForce(row ? keep(row) : null, now, null)
  } catch (error) {
    return ifNotInForce(error)
  }
}

async function authorityNow(tx: Transaction, request: FastifyRequest): Promise<Authority> {
  const { kind, id } = request.authority.credential
  const { text } = authorityStatements[kind === 'session' ? 'session' : 'token_id']
  const [row] = await tx.$queryRawUnsafe<AuthorityRow[]>(text, id)
  const tenantId = namedTenantId(request)
  const [named] = tenantId
    ? await tx.$queryRaw<TenantFacts[]>`
        SELECT id::text, type::text, status::text FROM tenants WHERE id = ${tenantId}::uuid`
    : []
  // Not the start of the transaction: it may have waited for its locks past the end of the credential.
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`
  return inForce(row ? keep(row) : null, now, named ?? null)
}
