import type { Authority } from '../../access/authority.ts'
import { requireHeldAt, requireHeldEverywhere } from '../../access/held.ts'
import type { Transaction } from '../../audit/record-event.ts'
import type { Role } from '../../generated/prisma/client.ts'
import { conflict, notFound } from '../../http/errors.ts'

/** Locks a role that may be changed: the built-in ones are what every installation agrees on. */
export async function lockRole(tx: Transaction, id: string): Promise<Role> {
  const [role] = await tx.$queryRaw<Role[]>`SELECT * FROM roles WHERE id = ${id}::uuid FOR UPDATE`
  if (!role) throw notFound()
  if (role.built_in) throw conflict('A built-in role can be neither changed nor deleted')
  return role
}

/**
 * What an edit adds is given to every holder of the role, and to whoever comes just in time by an identity provider
 * that gives it; so the editor must hold it in each of its places.
 */
export async function requireHeldByEditor(
  tx: Transaction,
  authority: Authority,
  role: { id: string },
  added: readonly string[],
): Promise<void> {
  if (added.length === 0) return
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  const ofRole = {
    where: { role_id: role.id },
    select: { tenant: { select: { id: true, type: true, status: true } } },
  } as const
  const held = await tx.grant.findMany(ofRole)
  const grants = [...held, ...(await tx.identityProviderGrant.findMany(ofRole))]
  const places = grants.flatMap(({ tenant }) => tenant ?? [])
  requireHeldAt(authority, added, places, catalogue)
  if (grants.length > places.length) {
    requireHeldEverywhere(authority, added, catalogue)
    requireHeldAt(authority, added, ['any'], catalogue)
  }
}
