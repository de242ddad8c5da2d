import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { inTenant } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import type { Operation } from '../../operation.ts'
import { lockToken, ownerOf, TenantTokenParams } from './block-token.ts'
import { refuseOwnTokens } from './end-token.ts'

/** Lifts a block: the token may again do here what it stores and its owner holds. */
export const unblockToken: Operation = (app, { prisma }) => {
  app.delete(
    '/tenants/:id/tokens/:token_id/block',
    {
      config: { access: inTenant('tokens.revoke', 'id') },
      schema: {
        operationId: 'unblockToken',
        summary: 'Lift the block of a token in a tenant',
        tags: ['tokens'],
        params: TenantTokenParams,
        response: { 204: Type.Null({ description: 'The token works here again' }) },
      },
    },
    async (request, reply) => {
      const { params } = request
      const owner_id = await ownerOf(prisma, params.token_id)
      await changing(prisma, request, { users: [owner_id] }, async (tx) => {
        const token = await lockToken(tx, params.token_id)
        const token_id_tenant_id = { token_id: token.id, tenant_id: params.id }
        const block = await tx.tenantBlock.findUnique({ where: { token_id_tenant_id } })
        if (!block) throw notFound()
        refuseOwnTokens(request, token.owner_id)
        await tx.tenantBlock.delete({ where: { token_id_tenant_id } })
        await recordEvent(tx, request, {
          action: 'token.unblocked',
          target_type: 'token',
          target_id: token.id,
          tenant_ids: [params.id],
          before: { name: token.name, owner_id: token.owner_id, reason: block.reason },
        })
      })
      return reply.code(204).send(null)
    },
  )
}
