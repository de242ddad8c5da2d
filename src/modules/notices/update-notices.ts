import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { Notices, noticeFields } from './resource.ts'

const Body = Type.Partial(Type.Object(noticeFields), {
  additionalProperties: false,
  examples: [{ token_expiry: false }],
})

/** Turns mails off or on, of those that one can do without. */
export const updateNotices: Operation = (app, { prisma }) => {
  app.patch(
    '/me/notices',
    {
      config: { access: isSession },
      schema: {
        operationId: 'updateNotices',
        summary: 'Choose which mails you get',
        tags: ['me'],
        body: Body,
        response: { 200: ref(Notices) },
      },
    },
    async (request) => {
      const user_id = request.authority.owner.id
      return changing(prisma, request, { users: [user_id] }, async (tx) => {
        const found = await tx.noticePreferences.findUnique({ where: { user_id } })
        const before = { token_expiry: found?.token_expiry ?? true }
        const after = { ...before, ...request.body }
        if (after.token_expiry === before.token_expiry) return before
        const create = { user_id, ...after }
        await tx.noticePreferences.upsert({ where: { user_id }, create, update: after })
        await recordEvent(tx, request, {
          action: 'user.notices_changed',
          target_type: 'user',
          target_id: user_id,
          before,
          after,
        })
        return after
      })
    },
  )
}
