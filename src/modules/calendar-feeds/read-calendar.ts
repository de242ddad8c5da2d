import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { hashToken, isWellFormedToken } from '../../access/token.ts'
import { notFound } from '../../http/errors.ts'
import type { Operation } from '../../operation.ts'
import { calendarOf } from './calendar.ts'
import { expiringTokens, personOf } from './expiring-tokens.ts'

const schema = {
  operationId: 'readCalendar',
  summary: 'When tokens expire, as iCalendar',
  description: 'Calendars can send nothing but an address: its key is the secret.',
  tags: ['me'],
  params: Type.Object({
    key: Type.String({
      pattern: '^[0-9A-Za-z_]{1,100}$',
      examples: ['postern_cal_2mZt4sHkVq8LxYw7Rn3Bc5Dj9Fp1Gs6Ta0Uv4We8Xy0k3Q9aZ'],
    }),
  }),
  response: {
    200: {
      description: 'The calendar',
      content: {
        'text/calendar': { schema: { type: 'string', examples: ['BEGIN:VCALENDAR'] } },
      },
    },
    304: Type.Null({ description: 'As it was with this `ETag`' }),
  },
}

/** Whatever is wrong with the key, and whatever has become of its person, is answered by the same 404. */
export const readCalendar: Operation = (app, { prisma, tokenPrefix, publicUrl }) => {
  app.get(
    '/calendars/:key/token-expiries.ics',
    { config: { access: isPublic, countsBySource: true }, schema },
    async ({ params, headers }, reply) => {
      const { key } = params
      if (!isWellFormedToken(key, tokenPrefix, ['cal'])) throw notFound()
      const user_id = await personOf(prisma, hashToken(key))
      if (user_id === null) throw notFound()
      const text = calendarOf(await expiringTokens(prisma, user_id), publicUrl)
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
      // It may be kept, and is asked for anew each time: who was deactivated reads no more.
      reply.headers({ etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' })
      if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send(null)
      reply.header('content-disposition', 'inline; filename="token-expiries.ics"')
      return reply.type('text/calendar; charset=utf-8').send(text)
    },
  )
}

/** RFC 9110 §13.1.2: any of a list, weak or not. */
const isKnown = (given: string | undefined, etag: string): boolean =>
  (given ?? '').split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))
