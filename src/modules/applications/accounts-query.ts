import { Prisma } from '../../generated/prisma/client.ts'
import type { Tools } from '../../operation.ts'

type Application = { id: string; tenant_id: string }
type Filters = { search?: string; is_matched?: boolean }
type Slice = { orderBy: { account?: 'asc' | 'desc' }[]; skip: number; take: number }

export type Account = {
  account: string
  email: string | null
  privileges: string[]
  identity: { id: string; first_name: string | null; last_name: string | null } | null
}

/**
 * The accounts of an application with whose they are: the identity of the tenant with the same address, unless
 * it was removed. That is no foreign key (either may come and go), and so a join that Prisma can't make.
 */
export function accountsOf(
  prisma: Tools['prisma'],
  { id, tenant_id }: Application,
  { search, is_matched }: Filters,
) {
  const join = Prisma.sql`
    LEFT JOIN identities i
      ON i.tenant_id = ${tenant_id}::uuid AND i.email = a.email AND i.status <> 'removed'`
  const pattern = `%${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const where = Prisma.sql`
    WHERE a.application_id = ${id}::uuid
    ${search ? Prisma.sql`AND (a.account ILIKE ${pattern} OR a.email ILIKE ${pattern})` : Prisma.empty}
    ${is_matched === undefined ? Prisma.empty : Prisma.sql`AND (i.id IS NOT NULL) = ${is_matched}`}`
  // What is skipped on the way to a far page need not be joined.
  const joinToFilter = is_matched === undefined ? Prisma.empty : join
  return {
    async count(): Promise<number> {
      const [{ total }] = await prisma.$queryRaw<[{ total: number }]>`SELECT COUNT(*)::int AS total
        FROM application_accounts a ${joinToFilter} ${where}`
      return total
    },
    read({ orderBy, skip, take }: Slice): Promise<Account[]> {
      const direction = orderBy[0]?.account === 'desc' ? Prisma.sql`DESC` : Prisma.sql`ASC`
      return prisma.$queryRaw<Account[]>`SELECT a.account, a.email, a.privileges,
          CASE WHEN i.id IS NOT NULL THEN json_build_object(
            'id', i.id, 'first_name', i.first_name, 'last_name', i.last_name) END AS identity
        FROM (
          SELECT a.account, a.email, a.privileges FROM application_accounts a ${joinToFilter} ${where}
          ORDER BY a.account ${direction} LIMIT ${take} OFFSET ${skip}) a ${join}
        ORDER BY a.account ${direction}`
    },
  }
}
