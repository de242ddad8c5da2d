import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { inTenant } from '../../access/declaration.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { liveAt } from '../../db/live-at.ts'
import { lockUser } from '../../db/lock-user.ts'
import { tokensReaching } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { Id, Reason } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { refuseOwnTokens } from './end-token.ts'
import { TenantBlockRef } from './tenant-token.ts'

export const TenantTokenParams = Type.Object({ id: Id, token_id: Id })

const Body = Type.Object(
  { reason: Reason(['Exports at night from an unknown address']) },
  { additionalProperties: false },
)

/**
 * Stops a token in this tenant only, whoever owns it, until the block is lifted. Done again, it replaces
 * the reason.
 */
export const blockToken: Operation = (app, { prisma }) => {
  app.put(
    '/tenants/:id/tokens/:token_id/block',
    {
      config: { access: inTenant('tokens.revoke', 'id') },
      schema: {
        operationId: 'blockToken',
        summary: 'Block a token in a tenant',
        tags: ['tokens'],
        params: TenantTokenParams,
        body: Body,
        response: { 200: TenantBlockRef },
      },
    },
    async (request) => {
      const { params, body } = request
      const owner_id = await ownerOf(prisma, params.token_id)
      return changing(prisma, request, { users: [owner_id] }, async (tx) => {
        const { authority } = request
        const tenant = authority.named_tenant
        if (!tenant) throw notFound()
        const { now, ...token } = await lockToken(tx, params.token_id)
        const found = await tx.token.count({
          where: { AND: [{ id: token.id }, tokensReaching(tenant), liveAt(now)] },
        })
        if (found === 0) throw notFound()
        refuseOwnTokens(request, token.owner_id)

        const token_id_tenant_id = { token_id: token.id, tenant_id: tenant.id }
        const before = await tx.tenantBlock.findUnique({ where: { token_id_tenant_id } })
        if (before?.reason === body.reason) return before
        if (before) await tx.tenantBlock.delete({ where: { token_id_tenant_id } })
        const block = await tx.tenantBlock.create({
          data: { ...token_id_tenant_id, ...body, created_at: now, created_by: authority.owner.id },
        })
        await recordEvent(tx, request, {
          action: 'token.blocked',
          target_type: 'token',
          target_id: token.id,
          tenant_ids: [tenant.id],
          ...(before && { before: { reason: before.reason } }),
          after: { name: token.name, owner_id: token.owner_id, reason: body.reason },
        })
        return block
      })
    },
  )
}

/** Whom to lock: the owner of a token never changes. */
export async function ownerOf(prisma: Pick<Transaction, 'token'>, id: string): Promise<string> {
  const token = await prisma.token.findUnique({ where: { id }, select: { owner_id: true } })
  if (!token) throw notFound()
  return token.owner_id
}

/** A token under the lock of its owner, which whatever decides about it takes. */
export async function lockToken(tx: Transaction, id: string) {
  const token = await tx.token.findUnique({
    where: { id },
    select: { id: true, name: true, owner_id: true },
  })
  const owner = token && (await lockUser(tx, token.owner_id))
  if (!owner) throw notFound()
  return { ...token, now: owner.now }
}
