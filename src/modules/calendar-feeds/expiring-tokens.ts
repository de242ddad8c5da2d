import { systemPrincipalId } from '../../db/reach-filters.ts'
import { validFrom } from '../../db/valid-from.ts'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts'

export type Expiring = {
  id: string
  name: string
  owner_id: string
  owner_name: string
  kind: 'own' | 'account' | 'system'
  created_at: Date
  expires_at: Date
}

/** So long the calendar still shows what has expired. */
const shownDays = 30

/** The person to whom a feed belongs, if it is in force: theirs, and they are active. */
export async function personOf(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  key_hash: Uint8Array,
): Promise<string | null> {
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    SELECT u.id::text FROM calendar_feeds f JOIN users u ON u.id = f.user_id CROSS JOIN settings
    WHERE f.key_hash = ${key_hash} AND u.status = 'active' AND u.deleted_at IS NULL
      AND NOT u.is_service_account
      AND f.created_at > coalesce(${Prisma.raw(validFrom('u'))}, '-infinity')`
  return row?.id ?? null
}

/** What somebody is also mailed about: their tokens, of the accounts that they answer for, and system tokens that they made. */
export function expiringTokens(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  user_id: string,
): Promise<Expiring[]> {
  return prisma.$queryRaw<Expiring[]>`
    SELECT t.id::text, t.name, o.id::text AS owner_id, o.name AS owner_name, t.created_at, t.expires_at,
      CASE WHEN o.id = ${user_id}::uuid THEN 'own'
        WHEN o.id = ${systemPrincipalId}::uuid THEN 'system' ELSE 'account' END AS kind
    FROM tokens t JOIN users o ON o.id = t.owner_id
    WHERE o.deleted_at IS NULL AND o.status = 'active' AND t.revoked_at IS NULL
      AND t.expires_at > now() - make_interval(days => ${shownDays})
      AND (o.id = ${user_id}::uuid
        OR o.id IN (SELECT service_account_id FROM accountable_people WHERE user_id = ${user_id}::uuid)
        OR (o.id = ${systemPrincipalId}::uuid AND t.created_by = ${user_id}::uuid))
    ORDER BY t.expires_at, t.id LIMIT 1000`
}
