import { isSession } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { CalendarFeedRef, shown } from './resource.ts'

export const getCalendarFeed: Operation = (app, { prisma }) => {
  app.get(
    '/me/calendar-feed',
    {
      config: { access: isSession },
      schema: {
        operationId: 'getCalendarFeed',
        summary: 'See whether your calendar has an address, and since when',
        tags: ['me'],
        response: { 200: CalendarFeedRef, ...errorAnswers(404) },
      },
    },
    async ({ authority }) => {
      const where = { user_id: authority.owner.id }
      const feed = await prisma.calendarFeed.findUnique({ where, select: shown })
      if (!feed) throw notFound()
      return feed
    },
  )
}
