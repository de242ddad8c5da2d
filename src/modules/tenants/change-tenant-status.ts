import type { FastifyRequest } from 'fastify'
import { recordEvent } from '../../audit/record-event.ts'
import type { Tenant } from '../../generated/prisma/client.ts'
import { conflict, notFound } from '../../http/errors.ts'
import type { Tools } from '../../operation.ts'

type Status = Tenant['status']

/**
 * Moves a tenant to a status, with its event; to the one that it has is no change. Retirement is final.
 * From the commit on, nothing is reachable in a tenant that is not active.
 */
export async function changeTenantStatus(
  { prisma }: Pick<Tools, 'prisma'>,
  request: FastifyRequest<{ Params: { id: string } }>,
  action: string,
  status: Status,
): Promise<Tenant> {
  const { id } = request.params
  return prisma.$transaction(async (tx) => {
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
  })
}
