import type { Prisma } from '../generated/prisma/client.ts'
import { builtInPermissions } from './permissions.ts'

type RoleDefinition = {
  description: string
  permissions: (names: { name: string; scope: 'tenant' | 'platform' }[]) => string[]
}

/** The roles that are always there. Two of them follow the catalogue, which the host product extends. */
const builtInRoles: Record<string, RoleDefinition> = {
  admin: {
    description: 'Everything, wherever granted',
    permissions: () => ['*.*'],
  },
  'tenant-admin': {
    description: 'Every permission of a tenant',
    permissions: (all) => all.filter(({ scope }) => scope === 'tenant').map(({ name }) => name),
  },
  'read-only': {
    description: 'See everything, change nothing',
    permissions: (all) => all.filter(({ name }) => name.endsWith('.read')).map(({ name }) => name),
  },
  'service-account-operator': {
    description: 'Run service accounts and their tokens',
    permissions: () => ['service_accounts.*', 'users.read', 'tenants.read'],
  },
}

export const adminRole = 'admin'

/** Brings the built-in part of the catalogue to what this version defines. Safe to repeat. */
export async function syncBuiltInPermissions(tx: Prisma.TransactionClient): Promise<void> {
  const existing = new Map((await tx.permission.findMany()).map((row) => [row.name, row]))
  for (const [name, [scope, description]] of Object.entries(builtInPermissions)) {
    const row = existing.get(name)
    if (row?.scope === scope && row.description === description && row.built_in) continue
    const fields = { scope, description, built_in: true }
    await tx.permission.upsert({ where: { name }, create: { name, ...fields }, update: fields })
  }
}

/** Brings the built-in roles to the catalogue as it is. Safe to repeat; an unchanged role keeps its version. */
export async function syncBuiltInRoles(tx: Prisma.TransactionClient): Promise<void> {
  // Two who add to the catalogue at once: the second waits here, and then sees what the first added.
  await tx.$queryRaw`SELECT id FROM roles WHERE built_in ORDER BY id FOR NO KEY UPDATE`
  const catalogue = await tx.permission.findMany({ orderBy: { name: 'asc' } })
  for (const [name, definition] of Object.entries(builtInRoles)) {
    const { description } = definition
    const permissions = definition.permissions(catalogue)
    const existing = await tx.role.findUnique({ where: { name } })
    if (!existing) {
      await tx.role.create({
        data: { name, description, permissions, built_in: true },
      })
    } else if (existing.permissions.join() !== permissions.join()) {
      const data = { description, permissions, version: { increment: 1 } }
      await tx.role.update({ where: { name }, data })
    }
  }
}
