import { isSession } from '../../access/declaration.ts'
import { ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { Notices } from './resource.ts'

export const getNotices: Operation = (app, { prisma }) => {
  app.get(
    '/me/notices',
    {
      config: { access: isSession },
      schema: {
        operationId: 'getNotices',
        summary: 'See which mails you get',
        tags: ['me'],
        response: { 200: ref(Notices) },
      },
    },
    async ({ authority }) => {
      const where = { user_id: authority.owner.id }
      const chosen = await prisma.noticePreferences.findUnique({ where })
      return { token_expiry: chosen?.token_expiry ?? true }
    },
  )
}
