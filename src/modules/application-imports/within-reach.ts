import type { Reach } from '../../access/reach.ts'
import { tenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** Imports of the applications of tenants within reach. */
export const importsWithin = (reach: Reach): Prisma.ApplicationImportWhereInput => ({
  application: { tenant: tenantsWithin(reach) },
})
