import type { FastifyRequest } from 'fastify'
import { changing } from '../../access/changing.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { tokensReaching } from '../../db/reach-filters.ts'
import type { Tenant } from '../../generated/prisma/client.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { impactOf } from '../../impact/impact.ts'
import type { Tools } from '../../operation.ts'

type Status = Tenant['status']

type ById = FastifyRequest<{ Params: { id: string } }>

/**
 * Moves a tenant to a status, with its event; to the one that it has is no change. Retirement is final.
 * From the commit on, nothing is reachable in a tenant that is not active.
 */
export function changeTenantStatus(
  { prisma }: Pick<Tools, 'prisma'>,
  request: ById,
  action: string,
  status: Status,
): Promise<Tenant> {
  return changing(prisma, request, { everybody: true }, (tx) => change(tx, request, action, status))
}

/** What the move would take from live tokens. */
export async function impactOfTenantStatus(
  { prisma }: Pick<Tools, 'prisma'>,
  request: ById,
  action: string,
  status: Status,
) {
  const tenant = await prisma.tenant.findUnique({ where: { id: request.params.id } })
  if (!tenant) throw notFound()
  return impactOf(prisma, request, (tx) => change(tx, request, action, status), {
    touched: { everybody: true },
    where: tokensReaching(tenant),
    after: () => null,
    tenant,
  })
}

async function change(
  tx: Transaction,
  request: ById,
  action: string,
  status: Status,
): Promise<Tenant> {
  const { id } = request.params
  const [before] = await tx.$queryRaw<{ status: Status }[]>`
    SELECT status FROM tenants WHERE id = ${id}::uuid FOR UPDATE`
  if (!before) throw notFound()
  if (before.status === 'retired' && status !== 'retired') {
    throw conflict('A retired tenant does not come back')
  }
  const tenant = await tx.tenant.update({ where: { id }, data: { status } })
  if (before.status !== status) {
    await recordEvent(tx, request, {
      action,
      target_type: 'tenant',
      target_id: id,
      tenant_ids: [id],
      before: { status: before.status },
      after: { status },
    })
  }
  return tenant
}
