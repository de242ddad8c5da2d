import { adminRole } from '../access/catalogue.ts'
import type { Transaction } from '../audit/record-event.ts'
import { lastAdministratorLock } from '../db/advisory-locks.ts'
import { conflict } from '../http/errors.ts'

/** What a change takes from a user: the `admin` role (or its use), or only the reach into every tenant. */
type Loss = 'role' | 'every_tenant'

/**
 * Throws 409 if, without this user, no active person holds the `admin` role everywhere, or none who holds
 * it reaches every tenant: then nobody could ever give either back. The lock makes two administrators who
 * end each other wait for one another.
 */
export async function refuseLastAdministrator(
  tx: Transaction,
  userId: string,
  loss: Loss,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lastAdministratorLock})`
  const holder = {
    status: 'active' as const,
    deleted_at: null,
    is_service_account: false,
    grants: { some: { tenant_id: null, role: { name: adminRole } } },
  }
  const reachesAll = { ...holder, tenants: { some: { word: 'any' } } }
  for (const administrator of loss === 'role' ? [holder, reachesAll] : [reachesAll]) {
    const isOne = await tx.user.count({ where: { ...administrator, id: userId } })
    const others = await tx.user.count({ where: { ...administrator, id: { not: userId } } })
    if (isOne > 0 && others === 0) {
      throw conflict('The platform needs one active administrator of all tenants; this is the last')
    }
  }
}
