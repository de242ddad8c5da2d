import { type Static, Type } from 'typebox'
import { isBoundless, type Reach } from '../../access/reach.ts'
import { isInstant } from '../../db/instants.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { cursorOf, readCursor } from '../../http/cursor.ts'
import { invalidField } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import { tenantsSeen } from './within-reach.ts'

export const EventQuery = Query({
  actor_id: Type.Optional(Id),
  action: Type.Optional(Type.String({ maxLength: 100, examples: ['token.created'] })),
  target_id: Type.Optional(Type.String({ maxLength: 101 })),
  tenant_id: Type.Optional(Id),
  correlation_id: Type.Optional(Type.String({ maxLength: 32 })),
  from: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  to: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
})

/** The filters of a query as SQL on events `e`. */
export function eventsLike(
  asked: Omit<Static<typeof EventQuery>, 'limit'>,
  reach: Reach,
): Prisma.Sql {
  const { actor_id, action, target_id, tenant_id, correlation_id, from, to, cursor } = asked
  const filters = [
    actor_id !== undefined && Prisma.sql`e.actor_id = ${actor_id}::uuid`,
    action !== undefined && Prisma.sql`e.action = ${action}`,
    target_id !== undefined && Prisma.sql`e.target_id = ${target_id}`,
    correlation_id !== undefined && Prisma.sql`e.correlation_id = ${correlation_id}`,
    tenant_id !== undefined && touched(tenant_id, reach),
    from !== undefined && Prisma.sql`e.at >= ${instantOf('from', from)}::timestamptz`,
    to !== undefined && Prisma.sql`e.at < ${instantOf('to', to)}::timestamptz`,
    cursor !== undefined && olderThan(cursor),
  ]
  return Prisma.join([Prisma.sql`TRUE`, ...filters.filter((one) => one !== false)], ' AND ')
}

/** A tenant out of reach was touched by nothing: an event is not searched for what it doesn't show. */
function touched(tenantId: string, reach: Reach): Prisma.Sql {
  const one = Prisma.sql`e.tenant_ids @> ARRAY[${tenantId}::uuid]`
  if (isBoundless(reach)) return one
  return Prisma.sql`${one} AND EXISTS (
    SELECT FROM tenants t WHERE t.id = ${tenantId}::uuid AND ${tenantsSeen(reach)})`
}

function instantOf(field: 'from' | 'to', text: string): string {
  const at = new Date(text)
  if (!isInstant(at)) throw invalidField(field, 'is not an instant that exists')
  return at.toISOString()
}

/** Only what we wrote ourselves: decoding alone overlooks what does not belong there. */
function olderThan(cursor: string): Prisma.Sql {
  const position = readCursor(cursor)
  if (!isInstant(position.at) || cursorOf(position) !== cursor) {
    throw invalidField('cursor', 'is not one of ours')
  }
  const { at, id } = position
  return Prisma.sql`(e.at, e.id) < (${at.toISOString()}::timestamptz, ${id}::uuid)`
}
