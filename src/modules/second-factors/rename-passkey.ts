import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { PasskeyName, PasskeyRef } from './resource.ts'

const Body = Type.Object({ name: PasskeyName }, { additionalProperties: false })

/** Gives one's own passkey another name. */
export const renamePasskey: Operation = (app, { prisma }) => {
  app.patch(
    '/me/passkeys/:id',
    {
      config: { access: isSession, stepUp: true },
      schema: {
        operationId: 'renamePasskey',
        summary: 'Rename a passkey',
        tags: ['second-factors'],
        params: IdParams,
        body: Body,
        response: { 200: PasskeyRef },
      },
    },
    async (request) => {
      const { params, body } = request
      const users = [request.authority.owner.id]
      return changing(prisma, request, { users }, async (tx) => {
        const where = { id: params.id, user_id: request.authority.owner.id }
        const before = await tx.passkey.findFirst({ where })
        if (!before) throw notFound()
        if (before.name === body.name) return before
        await recordEvent(tx, request, {
          action: 'passkey.updated',
          target_type: 'passkey',
          target_id: before.id,
          before: { name: before.name },
          after: { name: body.name },
        })
        return tx.passkey.update({ where: { id: before.id }, data: { name: body.name } })
      })
    },
  )
}
