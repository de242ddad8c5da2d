import { type Static, Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import type { Reach } from '../../access/reach.ts'
import { tenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { cursorOf, readCursor } from '../../http/cursor.ts'
import { invalidField } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'
import type { Operation, Tools } from '../../operation.ts'

export const AuditEvent = Type.Object(
  {
    id: Id,
    at: Timestamp,
    actor_id: nullable(Id),
    actor_name: Type.String({ examples: ['Ada Lovelace'] }),
    credential_kind: nullable(Type.Enum(['session', 'personal_access_token'])),
    credential_id: nullable(Id),
    credential_name: nullable(Type.String({ examples: ['CI pipeline'] })),
    action: Type.String({ examples: ['token.created'] }),
    target_type: Type.String({ examples: ['token'] }),
    target_id: Type.String(),
    tenant_ids: Type.Array(Id),
    before: nullable(Type.Unsafe<unknown>({ type: 'object', additionalProperties: true })),
    after: nullable(Type.Unsafe<unknown>({ type: 'object', additionalProperties: true })),
    correlation_id: nullable(Type.String({ examples: ['a1b2c3d4e5f67890abcdef1234567890'] })),
    ip: nullable(Type.String({ examples: ['192.0.2.7'] })),
  },
  { $id: 'AuditEvent' },
)

const QueryFields = Query({
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
type Asked = Omit<Static<typeof QueryFields>, 'limit'>

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
        querystring: QueryFields,
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
      const rows = await prisma.auditEvent.findMany({
        where: { AND: [await eventsWithin(prisma, reach), ...eventsLike(asked)] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      })
      const data = rows.slice(0, limit)
      const last = data.at(-1)
      return { data, next_cursor: rows.length > limit && last ? cursorOf(last) : null }
    },
  )
}

function eventsLike(asked: Asked): Prisma.AuditEventWhereInput[] {
  const { tenant_id, from, to, cursor, ...exactly } = asked
  return [
    exactly,
    tenant_id === undefined ? {} : { tenant_ids: { has: tenant_id } },
    from === undefined ? {} : { at: { gte: instantOf('from', from) } },
    to === undefined ? {} : { at: { lt: instantOf('to', to) } },
    cursor === undefined ? {} : olderThan(positionOf(cursor)),
  ]
}

const firstInstant = new Date('0001-01-01T00:00:00.000Z')
const lastInstant = new Date('9999-12-31T23:59:59.999Z')

/** Well-formed text may mean an instant that is none, or one that the database does not know. */
const exists = (at: Date): boolean => at >= firstInstant && at <= lastInstant

function instantOf(field: 'from' | 'to', text: string): Date {
  const at = new Date(text)
  if (!exists(at)) throw invalidField(field, 'is not an instant that exists')
  return at
}

/** Only what we wrote ourselves: decoding alone overlooks what does not belong there. */
function positionOf(cursor: string): { at: Date; id: string } {
  const position = readCursor(cursor)
  if (!exists(position.at) || cursorOf(position) !== cursor) {
    throw invalidField('cursor', 'is not one of ours')
  }
  return position
}

const olderThan = ({ at, id }: { at: Date; id: string }): Prisma.AuditEventWhereInput => ({
  OR: [{ at: { lt: at } }, { at, id: { lt: id } }],
})

async function eventsWithin(
  prisma: Tools['prisma'],
  reach: Reach,
): Promise<Prisma.AuditEventWhereInput> {
  const { any, except_tenant_ids: blocking } = reach
  if (any && blocking.length === 0) return {}
  const tenants = await prisma.tenant.findMany({
    where: tenantsWithin(reach),
    select: { id: true },
  })
  const touchedOne = { tenant_ids: { hasSome: tenants.map(({ id }) => id) } }
  if (!any) return touchedOne
  return { OR: [touchedOne, { NOT: { tenant_ids: { hasSome: [...blocking] } } }] }
}
