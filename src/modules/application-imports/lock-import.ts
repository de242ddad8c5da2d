import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { refusingLeg } from '../../access/decide.ts'
import { type BuiltInPermission, builtIn } from '../../access/permissions.ts'
import { requirePermission } from '../../access/require.ts'
import type { TenantFacts } from '../../access/scope.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { withFiles } from './resource.ts'

type Reading = Pick<Transaction, '$executeRaw' | 'application' | 'applicationImport'>

/** Locks an import that the caller may run. */
export async function lockImport(tx: Reading, { authority }: FastifyRequest, id: string) {
  await tx.$executeRaw`SELECT 1 FROM application_imports WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.applicationImport.findUnique({
    where: { id },
    include: { ...withFiles, application: { include: { tenant: true } } },
  })
  if (!row) throw notFound()
  requireToRun(authority, row.application.tenant, 'imports.read')
  return row
}

/** The application that a caller names to import into it, as it stays until the transaction has ended. */
export async function lockApplication(tx: Reading, { authority }: FastifyRequest, id: string) {
  await tx.$executeRaw`SELECT 1 FROM applications WHERE id = ${id}::uuid FOR SHARE`
  const row = await tx.application.findUnique({
    where: { id },
    include: { tenant: true, file_groups: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } },
  })
  if (!row) throw notFound()
  requireToRun(authority, row.tenant, 'applications.read')
  return row
}

/** 403 is for who may see it; for everybody else it isn't there. */
function requireToRun(authority: Authority, tenant: TenantFacts, seeing: BuiltInPermission): void {
  const mayNot = (name: BuiltInPermission) => refusingLeg(authority, builtIn(name), tenant) !== null
  if (mayNot('imports.run') && mayNot(seeing)) throw notFound()
  requirePermission(authority, builtIn('imports.run'), tenant)
}
