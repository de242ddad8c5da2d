import { isDeepStrictEqual } from 'node:util'
import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { refusingLeg } from '../../access/decide.ts'
import { builtIn } from '../../access/permissions.ts'
import { withoutQuery } from '../../fetching/source-url.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, Line, nullable, ref, Timestamp } from '../../http/schemas.ts'

export const ApplicationName = Line(100, ['Core banking'])
export const Priority = Type.Enum(['none', 'low', 'moderate', 'high', 'critical'])

export const ImportSchedule = Type.Object(
  {
    cron: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'When to import, in UTC: minute, hour, day, month, day of the week',
      examples: ['30 2 * * *'],
    }),
    source_url: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'Where the CSV of the first required file group is fetched from',
      examples: ['https://exports.example.com/accounts.csv'],
    }),
  },
  { additionalProperties: false },
)

export const ThresholdPercent = nullable(
  Type.Integer({
    minimum: 0,
    maximum: 100,
    description:
      'An import that changes more of the accounts waits to be confirmed; null: none waits',
    examples: [50],
  }),
)

export const FileGroupName = Line(100, ['accounts'])
export const Required = Type.Boolean({ examples: [true] })

export const Application = Type.Object(
  {
    id: Id,
    kind: Type.Literal('Application'),
    tenant_id: Id,
    name: Type.String({ examples: ['Core banking'] }),
    priority: Priority,
    is_archived: Type.Boolean(),
    created_at: Timestamp,
    last_updated: Timestamp,
    import_schedule: nullable(
      Type.Object({
        cron: Type.String({ examples: ['30 2 * * *'] }),
        source_url: Type.String({
          description: 'Without its query, which may hold a secret, for who may not change it',
          examples: ['https://exports.example.com/accounts.csv'],
        }),
      }),
    ),
    change_threshold_percent: ThresholdPercent,
    file_groups: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String({ examples: ['accounts'] }),
        required: Required,
      }),
    ),
  },
  { $id: 'Application' },
)

export const ApplicationRef = ref(Application)

/** With its file groups, in their order, and the facts of its tenant. */
export const withGroups = {
  file_groups: {
    select: { id: true, name: true, required: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  },
  tenant: { select: { id: true, type: true, status: true } },
} satisfies Prisma.ApplicationInclude

type Row = Prisma.ApplicationGetPayload<{ include: typeof withGroups }>

export type Schedule = Static<typeof ImportSchedule>

export function applicationOf({ tenant, ...row }: Row, authority: Authority) {
  const schedule = row.import_schedule as Schedule | null
  const mayChange = refusingLeg(authority, builtIn('applications.write'), tenant) === null
  return {
    ...row,
    kind: 'Application' as const,
    import_schedule: mayChange ? schedule : shownSchedule(schedule),
  }
}

/** A schedule as whoever may not change it sees it, and as events tell it. */
const shownSchedule = (schedule: Schedule | null): Schedule | null =>
  schedule && { ...schedule, source_url: withoutQuery(schedule.source_url) }

/** What events tell of an application. */
export function toldOf(row: Row): Prisma.InputJsonObject {
  const { name, priority, is_archived, change_threshold_percent, file_groups } = row
  return {
    name,
    priority,
    is_archived,
    import_schedule: shownSchedule(row.import_schedule as Schedule | null),
    change_threshold_percent,
    file_groups: file_groups.map((group) => ({ ...group })),
  }
}

/** The fields that a change has changed, before and after; null if it has changed nothing. */
export function toldChange(before: Row, after: Row) {
  const differs = (name: string) =>
    !isDeepStrictEqual(before[name as keyof Row], after[name as keyof Row])
  const of = (row: Row) =>
    Object.fromEntries(Object.entries(toldOf(row)).filter(([name]) => differs(name)))
  const told = { before: of(before), after: of(after) }
  return Object.keys(told.after).length === 0 ? null : told
}
