import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'
import { eventStatuses, eventTypes, stageNames } from './event-fields.ts'
import { planOf, rolesGiven } from './plan.ts'

/** RFC 3339 full-date: a day in UTC. */
export const FullDate = Type.String({
  format: 'date',
  pattern: '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$',
  maxLength: 10,
  'x-message': 'must be a date such as 2027-03-15',
  examples: ['2027-03-15'],
})

const shownText = (example: string) => nullable(Type.String({ examples: [example] }))

const PlannedIdentity = Type.Object({
  first_name: Type.String({ examples: ['Grace'] }),
  last_name: Type.String({ examples: ['Hopper'] }),
  email: shownText('grace@example.com'),
  title: shownText('Rear Admiral'),
  company: shownText('Acme'),
  division: shownText('Insurance'),
  department: shownText('Claims'),
  office: shownText('Arlington'),
  supervisor_id: nullable(Id),
  identity_type: Type.String({ examples: ['employee'] }),
})

const AffectedIdentity = Type.Object({
  id: Id,
  kind: Type.Literal('Identity'),
  first_name: Type.String({ examples: ['Grace'] }),
  last_name: Type.String({ examples: ['Hopper'] }),
  email: shownText('grace@example.com'),
  status: Type.Enum(['active', 'disabled', 'removed']),
})

const Stage = Type.Object({
  name: Type.Enum([...stageNames]),
  status: Type.Enum(['waiting', 'done', 'failed', 'canceled']),
  at: nullable(Timestamp),
  by: nullable(
    Type.String({ description: 'A name, or system for the worker', examples: ['Ada Lovelace'] }),
  ),
})

export const PersonnelEvent = Type.Object(
  {
    id: Id,
    kind: Type.Literal('Personnel Event'),
    number: Type.Integer({ examples: [42] }),
    tenant_id: Id,
    type: Type.Enum([...eventTypes]),
    status: Type.Enum([...eventStatuses]),
    reporter: Type.Object(
      { id: Id, name: Type.String({ examples: ['HRIS Integration'] }) },
      { description: 'The token, or of a session the person, that reported it' },
    ),
    affected_identity: nullable(AffectedIdentity),
    effective_date: FullDate,
    end_date: nullable(FullDate),
    identity: nullable(PlannedIdentity),
    user: nullable(Type.Object({ role_ids: Type.Array(Id) })),
    add_role_ids: Type.Array(Id),
    remove_role_ids: Type.Array(Id),
    roles: Type.Array(Type.Object({ id: Id, name: Type.String({ examples: ['read-only'] }) }), {
      description: 'The names of the roles that it gives or takes, those that still exist',
    }),
    stages: Type.Array(Stage),
    failure: nullable(Type.String({ description: 'Why it failed' })),
    comment: nullable(Type.String()),
    created_at: Timestamp,
  },
  { $id: 'PersonnelEvent' },
)

export const PersonnelEventRef = ref(PersonnelEvent)

export const withStages = {
  identity: {
    select: { id: true, first_name: true, last_name: true, email: true, status: true },
  },
  stages: {
    select: { name: true, status: true, at: true, by: true },
    orderBy: { position: 'asc' },
  },
} satisfies Prisma.PersonnelEventInclude

type Row = Prisma.PersonnelEventGetPayload<{ include: typeof withStages }>

/** Events as they go on the wire, with the names of all their roles in one look. */
export async function shownEvents(tx: Pick<Prisma.TransactionClient, 'role'>, rows: Row[]) {
  const ids = [...new Set(rows.flatMap(roleIdsOf))]
  const select = { id: true, name: true }
  const roles =
    ids.length === 0 ? [] : await tx.role.findMany({ where: { id: { in: ids } }, select })
  const names = new Map(roles.map((role) => [role.id, role]))
  return rows.map((row) => ({
    ...eventOf(row),
    roles: roleIdsOf(row).flatMap((id) => names.get(id) ?? []),
  }))
}

export async function shownEvent(tx: Pick<Prisma.TransactionClient, 'role'>, row: Row) {
  const [shown] = await shownEvents(tx, [row])
  return shown!
}

function roleIdsOf(row: Row): string[] {
  const plan = planOf(row)
  return [...rolesGiven(plan), ...plan.remove_role_ids]
}

type Reported = Pick<Row, 'reporter_id' | 'reporter_credential_kind' | 'reporter_credential_id'>

/** The token that reported it, or the person who was signed in. */
export function reporterIdOf(row: Reported): string {
  const isToken = row.reporter_credential_kind === 'personal_access_token'
  return isToken ? row.reporter_credential_id : row.reporter_id
}

/** Only what the schema names is sent. */
function eventOf({ identity, stages, ...row }: Row) {
  return {
    ...row,
    ...planOf(row),
    kind: 'Personnel Event' as const,
    reporter: { id: reporterIdOf(row), name: row.reporter_name },
    affected_identity: identity && { ...identity, kind: 'Identity' as const },
    effective_date: dayOf(row.effective_date),
    end_date: row.end_date && dayOf(row.end_date),
    stages: stages as ((typeof stages)[number] & Named)[],
  }
}

type Named = {
  name: (typeof stageNames)[number]
  status: 'waiting' | 'done' | 'failed' | 'canceled'
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
