import type { FastifyRequest } from 'fastify'
import { isEmpty, type Reach } from '../../access/reach.ts'
import { isUuid } from '../../access/scope.ts'
import { tenantsWithin, usersWithin, wordsWithin } from '../../db/reach-filters.ts'
import type { Prisma, User } from '../../generated/prisma/client.ts'
import { notFound } from '../../http/errors.ts'

/** What a caller sees of someone else's tokens. */
export type SeenTokens = {
  owner: Pick<User, 'id' | 'is_service_account'>
  where: Prisma.TokenWhereInput
  /** Where the caller has a say over them. */
  reaches: readonly Reach[]
  /** Of the tenants that these tokens store, those that the caller may know of. */
  entries: ReadonlySet<string>
}

/**
 * The tokens of this user that the caller sees on a route `withinEitherReach`: those that reach a tenant
 * within `reach`, and those of a service account within `account_reach`. 404 for a user of whom neither
 * shows anything.
 */
export async function seenTokens(
  tx: Prisma.TransactionClient,
  { reach, account_reach }: Pick<FastifyRequest, 'reach' | 'account_reach'>,
  owner_id: string,
): Promise<SeenTokens> {
  const ownAccount = { AND: [{ is_service_account: true }, usersWithin(account_reach)] }
  const owner = await tx.user.findFirst({
    where: { id: owner_id, OR: [usersWithin(reach), ownAccount] },
    select: { id: true, is_service_account: true },
  })
  if (!owner) throw notFound()

  const stored = await tx.$queryRaw<{ entry: string }[]>`
    SELECT DISTINCT unnest(tenants) AS entry FROM tokens WHERE owner_id = ${owner_id}::uuid`
  const reaches = owner.is_service_account ? [reach, account_reach] : [reach]
  const entries = await knownEntries(
    tx,
    reaches,
    stored.map(({ entry }) => entry),
  )
  // A token that stores no tenant touches the platform only.
  const platform = reach.any || (owner.is_service_account && !isEmpty(account_reach))
  return {
    owner,
    reaches,
    entries,
    where: {
      owner_id,
      OR: [
        { tenants: { hasSome: [...entries] } },
        ...(platform ? [{ tenants: { isEmpty: true } }] : []),
      ],
    },
  }
}

/** Of these scope entries, those that name a tenant within reach, or a word that stands for one. */
export async function knownEntries(
  tx: Prisma.TransactionClient,
  reaches: readonly Reach[],
  entries: readonly string[],
): Promise<Set<string>> {
  const words = reaches.flatMap(wordsWithin)
  const ids = entries.filter(isUuid)
  const tenants =
    ids.length === 0
      ? []
      : await tx.tenant.findMany({
          where: { AND: [{ id: { in: ids } }, { OR: reaches.map(tenantsWithin) }] },
          select: { id: true },
        })
  const known = new Set([...words, ...tenants.map(({ id }) => id)])
  return new Set(entries.filter((entry) => known.has(entry)))
}
