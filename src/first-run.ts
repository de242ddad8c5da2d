import { adminRole, syncBuiltInPermissions, syncBuiltInRoles } from './access/catalogue.ts'
import { requirePasswordPolicy } from './access/password-policy.ts'
import type { Passwords } from './access/passwords.ts'
import type { RandomBytes } from './access/token.ts'
import type { Config } from './config.ts'
import { startLock } from './db/advisory-locks.ts'
import { applicationRole } from './db/connection.ts'
import { systemPrincipalId } from './db/reach-filters.ts'
import type { Prisma, PrismaClient } from './generated/prisma/client.ts'

type Options = {
  prisma: PrismaClient
  config: Config
  passwords: Passwords
  randomBytes: RandomBytes
}

/**
 * What a database must hold before the first request: the built-in catalogue, the system principal, the
 * signing key and, where there is no person yet, the first administrator. Safe to repeat.
 */
export async function prepare(options: Options) {
  const { prisma, config } = options
  await requireApplicationRole(prisma)
  const administrator = await newAdministrator(options)
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${startLock})`
    await syncBuiltInPermissions(tx)
    await syncBuiltInRoles(tx)
    await ensureSystemPrincipal(tx)
    const signingSecret = await ensureSigningKey(tx, options.randomBytes)
    const isFirst = administrator !== null && (await people(tx)) === 0
    if (isFirst) await createAdministrator(tx, administrator)
    const shown = isFirst && config.BOOTSTRAP_ADMIN_PASSWORD === undefined
    return { signingSecret, firstAdministrator: shown ? administrator : null }
  })
}

/** A pooler may drop the options of a connection, and with them the role that can't rewrite the audit log. */
async function requireApplicationRole(prisma: PrismaClient): Promise<void> {
  const [row] = await prisma.$queryRaw<[{ role: string }]>`SELECT current_user::text AS role`
  if (row.role === applicationRole) return
  throw new Error(
    `DATABASE_URL: connections must take the role ${applicationRole} (startup option "-c role"), and are ${row.role}. A pooler in between must pass startup options on.`,
  )
}

const people = (tx: Prisma.TransactionClient) => tx.user.count({ where: { email: { not: null } } })

type NewAdministrator = {
  email: string
  password: string
  password_hash: string
}

/** Null where there are people already. Hashed ahead of the transaction, which others wait for. */
async function newAdministrator(options: Options): Promise<NewAdministrator | null> {
  const { prisma, config, passwords, randomBytes } = options
  if ((await people(prisma)) > 0) return null
  const { BOOTSTRAP_ADMIN_EMAIL = 'admin@postern.local', BOOTSTRAP_ADMIN_PASSWORD } = config
  if (BOOTSTRAP_ADMIN_PASSWORD !== undefined) {
    await requirePasswordPolicy(prisma, 'BOOTSTRAP_ADMIN_PASSWORD', BOOTSTRAP_ADMIN_PASSWORD)
  }
  const password = BOOTSTRAP_ADMIN_PASSWORD ?? Buffer.from(randomBytes(18)).toString('base64url')
  const password_hash = await passwords.hash(password)
  return {
    email: BOOTSTRAP_ADMIN_EMAIL.toLowerCase(),
    password,
    password_hash,
  }
}

async function createAdministrator(
  tx: Prisma.TransactionClient,
  { email, password_hash }: NewAdministrator,
): Promise<void> {
  const role = await tx.role.findUniqueOrThrow({ where: { name: adminRole } })
  const user = await tx.user.create({
    data: {
      email,
      name: 'Administrator',
      status: 'active',
      password_hash,
      tenants: { create: { word: 'any' } },
      grants: { create: { role_id: role.id } },
    },
  })
  await tx.auditEvent.create({
    data: {
      actor_name: 'installation',
      action: 'user.created',
      target_type: 'user',
      target_id: user.id,
      tenant_ids: [],
      after: { email, role: adminRole },
    },
  })
}

async function ensureSystemPrincipal(tx: Prisma.TransactionClient): Promise<void> {
  const id = systemPrincipalId
  if (await tx.user.findUnique({ where: { id } })) return
  const role = await tx.role.findUniqueOrThrow({ where: { name: adminRole } })
  await tx.user.create({
    data: {
      id,
      is_service_account: true,
      name: 'System',
      status: 'active',
      tenants: { create: { word: 'any' } },
      grants: { create: { role_id: role.id } },
    },
  })
}

async function ensureSigningKey(
  tx: Prisma.TransactionClient,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  const key =
    (await tx.signingKey.findFirst({ orderBy: { id: 'desc' } })) ??
    (await tx.signingKey.create({
      data: { secret: Buffer.from(randomBytes(32)) },
    }))
  return key.secret
}
