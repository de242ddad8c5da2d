import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'

/**
 * The users that these identities are, by the ids of both: the person with the e-mail address whose tenant
 * scope reaches the identity's tenant. Never stored, so it is as true as the two are. One query, however many.
 */
export async function usersOfIdentities(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await prisma.$queryRaw<{ id: string; user_id: string }[]>(Prisma.sql`
    SELECT i.id::text, u.id::text AS user_id
    FROM identities i
      JOIN tenants t ON t.id = i.tenant_id
      JOIN users u ON u.email = i.email AND u.deleted_at IS NULL AND NOT u.is_service_account
    WHERE i.id = ANY(${[...ids]}::uuid[]) AND EXISTS (
      SELECT 1 FROM tenant_scopes s
      WHERE s.user_id = u.id
        AND (s.tenant_id = t.id OR s.word IN ('any', 'type:' || t.type)))`)
  return new Map(rows.map(({ id, user_id }) => [id, user_id]))
}
