import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { generateToken, hashToken } from '../../access/token.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { CalendarFeedRef, shown } from './resource.ts'

/** Makes the secret address of one's calendar, or another one: the one before answers no more. */
export const createCalendarFeed: Operation = (app, tools) => {
  const { prisma, tokenPrefix, randomBytes, publicUrl } = tools
  app.post(
    '/me/calendar-feed',
    {
      config: { access: isSession },
      schema: {
        operationId: 'createCalendarFeed',
        summary: 'Get an address at which your calendar sees when tokens expire',
        description: 'One that you have got before ends.',
        tags: ['me'],
        response: { 201: CalendarFeedRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const user_id = request.authority.owner.id
      const feed = await changing(prisma, request, { users: [user_id] }, (tx) =>
        once(
          tx,
          request,
          async () => {
            const before = await tx.calendarFeed.findUnique({
              where: { user_id },
              select: { id: true },
            })
            await tx.calendarFeed.deleteMany({ where: { user_id } })
            const key = generateToken(tokenPrefix, 'cal', randomBytes)
            const data = { user_id, key_hash: hashToken(key) }
            const row = await tx.calendarFeed.create({ data, select: shown })
            await recordEvent(tx, request, {
              action: 'user.calendar_feed_created',
              target_type: 'user',
              target_id: user_id,
              ...(before && { before: { calendar_feed_id: before.id } }),
              after: { calendar_feed_id: row.id },
            })
            return {
              ...row,
              calendar_url: `${publicUrl}/api/v1/calendars/${key}/token-expiries.ics`,
            }
          },
          'calendar_url',
        ),
      )
      return reply.code(201).header('cache-control', 'no-store').send(feed)
    },
  )
}
