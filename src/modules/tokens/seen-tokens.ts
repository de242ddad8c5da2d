import type { FastifyRequest } from 'fastify'
import type { Reach } from '../../access/reach.ts'
import { isUuid, type TenantFacts } from '../../access/scope.ts'
import { usersWithin, wordsWithin } from '../../db/reach-filters.ts'
import type { Prisma, User } from '../../generated/prisma/client.ts'
import { notFound } from '../../http/errors.ts'

/** What a caller sees of someone else's tokens. */
export type SeenTokens = {
  owner: Pick<User, 'id' | 'is_service_account'>
  where: Prisma.TokenWhereInput
  /** Where the caller has a say over them; never empty. */
  reaches: readonly Reach[]
  /** May the caller know what is of the platform, too? */
  platform: boolean
  /** Of the tenants that these tokens store, those that the caller may know of. */
  entries: ReadonlySet<string>
}

/**
 * The tokens of this user that the caller sees on a route `withinEitherReach`: those that store a tenant
 * within `reach`, and those of a service account within `account_reach`. 404 for a user of whom neither
 * shows anything.
 */
export async function seenTokens(
  tx: Prisma.TransactionClient,
  { reach, account_reach }: Pick<FastifyRequest, 'reach' | 'account_reach'>,
  owner_id: string,
): Promise<SeenTokens> {
  const owner = await tx.user.findUnique({
    where: { id: owner_id },
    select: { id: true, is_service_account: true },
  })
  const shows = async (within: Reach) =>
    (await tx.user.count({ where: { AND: [{ id: owner_id }, usersWithin(within)] } })) > 0
  const asOperator = owner?.is_service_account === true && (await shows(account_reach))
  const reaches = [...((await shows(reach)) ? [reach] : []), ...(asOperator ? [account_reach] : [])]
  if (!owner || reaches.length === 0) throw notFound()

  const stored = await tx.$queryRaw<{ entry: string }[]>`
    SELECT DISTINCT unnest(tenants) AS entry FROM tokens WHERE owner_id = ${owner_id}::uuid`
  const entries = await knownEntries(
    tx,
    reaches,
    stored.map(({ entry }) => entry),
  )
  // A token that stores no tenant touches the platform only.
  const platform = asOperator || reaches.some(({ any }) => any)
  return {
    owner,
    reaches,
    platform,
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
  // One parameter, however many tenants a hundred tokens store: a statement takes 65,535 of them.
  const tenants = await tx.$queryRaw<TenantFacts[]>`
    SELECT id::text, type::text, status::text FROM tenants
    WHERE id = ANY (${[...new Set(entries)].filter(isUuid)}::uuid[])`
  const within = reaches.map(tenantTest)
  const ids = tenants.filter((one) => within.some((isWithin) => isWithin(one))).map(({ id }) => id)
  const known = new Set([...reaches.flatMap(wordsWithin), ...ids])
  return new Set(entries.filter((entry) => known.has(entry)))
}

/** As tenantsWithin; and who reaches every tenant sees in a token also those that are suspended. */
function tenantTest({ any, types, tenants, except_tenant_ids }: Reach) {
  const [named, excepted] = [new Set(tenants.map(({ id }) => id)), new Set(except_tenant_ids)]
  return ({ id, type, status }: TenantFacts): boolean => {
    if (excepted.has(id)) return false
    return any || (status === 'active' && (types.includes(type) || named.has(id)))
  }
}
