import { isBoundless, type Reach } from '../../access/reach.ts'
import { Prisma } from '../../generated/prisma/client.ts'

/** The tenants `t` whose events are seen, as SQL. Who reaches any also sees those that are not active. */
export function tenantsSeen({ any, types, tenants, except_tenant_ids }: Reach): Prisma.Sql {
  const notExcepted = Prisma.sql`t.id <> ALL(${except_tenant_ids}::uuid[])`
  if (any) return notExcepted
  const ids = tenants.map(({ id }) => id)
  return Prisma.sql`(t.id = ANY(${ids}::uuid[])
    OR (t.type::text = ANY(${types}::text[]) AND t.status = 'active' AND ${notExcepted}))`
}

/**
 * The events `e` that touched one of these, as SQL. Tenants by name are found by the index of the log; those
 * of a type may be most of the platform, so it is each event whose few tenants are looked up.
 */
export function eventsWithin(reach: Reach): Prisma.Sql {
  const { any, types, tenants, except_tenant_ids } = reach
  if (isBoundless(reach)) return Prisma.sql`TRUE`
  if (any) {
    return Prisma.sql`(e.tenant_ids = '{}' OR NOT e.tenant_ids <@ ${except_tenant_ids}::uuid[])`
  }
  if (types.length === 0) {
    return Prisma.sql`e.tenant_ids && ${tenants.map(({ id }) => id)}::uuid[]`
  }
  return Prisma.sql`EXISTS (
    SELECT FROM tenants t WHERE t.id = ANY(e.tenant_ids) AND ${tenantsSeen(reach)})`
}
