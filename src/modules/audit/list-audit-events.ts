import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import type { AuditEvent as EventRow } from '../../generated/prisma/client.ts'
import { cursorOf } from '../../http/cursor.ts'
import { nullable, ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { EventQuery, eventsLike } from './event-query.ts'
import { AuditEvent } from './resource.ts'
import { showWithin } from './show-within.ts'
import { eventsWithin } from './within-reach.ts'

/**
 * The audit log, newest first, a page at a time from where the last one ended: events that are added
 * meanwhile move nothing. Each event is seen by who holds `audit.read` in a tenant that it touched; those
 * that touched none, by who holds it everywhere.
 */
export const listAuditEvents: Operation = (app, { prisma }) => {
  app.get(
    '/audit-events',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'listAuditEvents',
        summary: 'Read the audit log',
        tags: ['audit'],
        querystring: EventQuery,
        response: {
          200: Type.Object({
            data: Type.Array(ref(AuditEvent)),
            next_cursor: nullable(Type.String({ description: 'Null at the end' })),
          }),
        },
      },
    },
    async ({ query, reach }) => {
      const { limit, ...asked } = query
      const rows = await prisma.$queryRaw<EventRow[]>`
        SELECT e.id, e.at, e.actor_id, e.actor_name, e.credential_kind::text, e.credential_id,
          e.credential_name, e.action, e.target_type, e.target_id, e.tenant_ids, e.before, e.after,
          e.correlation_id, host(e.ip) AS ip
        FROM audit_events e
        WHERE ${eventsWithin(reach)} AND ${eventsLike(asked, reach)}
        ORDER BY e.at DESC, e.id DESC
        LIMIT ${limit + 1}`
      const data = rows.slice(0, limit)
      const last = data.at(-1)
      const next_cursor = rows.length > limit && last ? cursorOf(last) : null
      return { data: await showWithin(prisma, reach, data), next_cursor }
    },
  )
}
