import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'

const Count = Type.Integer({ minimum: 0, examples: [12] })

export const ImportStatus = Type.Enum([
  'pending',
  'running',
  'paused',
  'canceling',
  'canceled',
  'finished',
  'failed',
])

/** What an import brings, beside what was there before. A privilege is one of one account. */
const Metrics = Type.Object({
  rows: Count,
  accounts: Count,
  new_accounts: Count,
  removed_accounts: Count,
  new_privileges: Count,
  removed_privileges: Count,
  unmatched: Type.Integer({
    minimum: 0,
    description: 'Accounts that no identity’s e-mail matches',
  }),
  change_percent: Type.Integer({
    minimum: 0,
    description: 'New, removed and changed accounts, of those that were there before',
    examples: [4],
  }),
})

export const ApplicationImport = Type.Object(
  {
    id: Id,
    kind: Type.Literal('Application Import'),
    number: Type.Integer({ examples: [42] }),
    type: Type.Enum(['scheduled', 'manual', 'api']),
    status: ImportStatus,
    created_by: Type.String({
      description: 'The name of the token, or of the person, that began it',
      examples: ['HRIS Integration'],
    }),
    created_at: Timestamp,
    build_start: nullable(Timestamp),
    build_end: nullable(Timestamp),
    log: nullable(
      Type.String({
        description: 'What went wrong, or what is waited for',
        examples: ['line 17, column email: must be an e-mail address'],
      }),
    ),
    files: Type.Array(
      Type.Object({
        id: Id,
        file_group_id: Id,
        file_group: Type.String({ examples: ['Accounts'] }),
        name: Type.String({ examples: ['accounts.csv'] }),
        size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [48213] }),
      }),
    ),
    metrics: nullable(Metrics),
    progress: Type.Object({
      rows_done: Count,
      rows_total: nullable(
        Type.Integer({ minimum: 0, description: 'Null until it is known', examples: [1200] }),
      ),
    }),
    application: Type.Object({
      id: Id,
      kind: Type.Literal('Application'),
      name: Type.String({ examples: ['Jack Henry Silverlake'] }),
      priority: Type.Enum(['none', 'low', 'moderate', 'high', 'critical']),
      is_archived: Type.Boolean(),
      last_updated: Timestamp,
    }),
  },
  { $id: 'ApplicationImport' },
)

export const ApplicationImportRef = ref(ApplicationImport)

export type Metrics = Record<keyof typeof Metrics.properties, number>

export const withFiles = {
  application: {
    select: { id: true, name: true, priority: true, is_archived: true, last_updated: true },
  },
  files: {
    select: { id: true, file_group_id: true, name: true, size: true, file_group: true },
    orderBy: [{ file_group: { position: 'asc' } }, { id: 'asc' }],
  },
} satisfies Prisma.ApplicationImportInclude

type Row = Prisma.ApplicationImportGetPayload<{ include: typeof withFiles }>

export function importOf({ application, files, rows_done, rows_total, metrics, ...row }: Row) {
  return {
    ...row,
    kind: 'Application Import' as const,
    // What was fetched from a source was sent by nobody, and is not told of.
    files: files.flatMap(({ id, file_group_id, file_group, name, size }) =>
      file_group_id && file_group
        ? [{ id, file_group_id, file_group: file_group.name, name, size: Number(size) }]
        : [],
    ),
    metrics: metrics as Metrics | null,
    progress: { rows_done, rows_total },
    application: { kind: 'Application' as const, ...application },
  }
}
