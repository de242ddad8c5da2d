import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'

/** Ends the address of one's calendar: whoever asks there is told that there is nothing. */
export const deleteCalendarFeed: Operation = (app, { prisma }) => {
  app.delete(
    '/me/calendar-feed',
    {
      config: { access: isSession },
      schema: {
        operationId: 'deleteCalendarFeed',
        summary: 'End the address of your calendar',
        tags: ['me'],
        response: { 204: Type.Null({ description: 'It answers no more' }), ...errorAnswers(404) },
      },
    },
    async (request, reply) => {
      const user_id = request.authority.owner.id
      await changing(prisma, request, { users: [user_id] }, async (tx) => {
        const feed = await tx.calendarFeed.findUnique({ where: { user_id } })
        if (!feed) throw notFound()
        await tx.calendarFeed.delete({ where: { id: feed.id } })
        await recordEvent(tx, request, {
          action: 'user.calendar_feed_deleted',
          target_type: 'user',
          target_id: user_id,
          before: { calendar_feed_id: feed.id },
        })
      })
      return reply.code(204).send(null)
    },
  )
}
