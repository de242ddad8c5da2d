import { begunBy } from '../../../audit/begun-by.ts'
import type { Transaction } from '../../../audit/record-event.ts'
import type { Metrics } from '../resource.ts'
import { endCanceled } from './end-run.ts'
import { obstacleOf, type Run, recordRun } from './run.ts'

/**
 * Begins to work on an import, or begins anew what somebody didn't come to the end of. Null: there is nothing to do
 * any more, or a person is waited for.
 */
export async function beginRun(tx: Transaction, id: string): Promise<Run | null> {
  await tx.$executeRaw`SELECT 1 FROM application_imports WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.applicationImport.findUniqueOrThrow({
    where: { id },
    include: {
      application: { include: { tenant: { select: { status: true } } } },
      files: { orderBy: [{ file_group: { position: 'asc' } }, { id: 'asc' }] },
    },
  })
  const { status, application_id, number, is_confirmed, application } = row
  const { created_by: name, created_by_id: user_id, credential_id } = row
  const by = await begunBy(tx, { id: row.id, name, user_id, credential_id })
  const { tenant_id } = application
  if (status === 'canceling') await endCanceled(tx, { id, tenant_id, by })
  if (status !== 'pending' && status !== 'running') return null
  const [{ build_start }] = await tx.$queryRaw<[{ build_start: Date }]>`
    UPDATE application_imports SET status = 'running', rows_done = 0,
      build_start = greatest(clock_timestamp(), build_start + interval '1 ms')
    WHERE id = ${id}::uuid RETURNING build_start`
  if (status === 'pending') {
    await recordRun(tx, { id, tenant_id, by }, 'started', {
      before: { status },
      after: { status: 'running' },
    })
  }
  const schedule = application.import_schedule as { source_url: string } | null
  return {
    id,
    number,
    application_id,
    tenant_id,
    obstacle: obstacleOf(application.is_archived, application.tenant.status),
    source_url: schedule?.source_url ?? null,
    files: row.files.map(({ id, name, size, file_group_id }) => ({
      id,
      name,
      size: Number(size),
      isFetched: file_group_id === null,
    })),
    confirmed: is_confirmed ? (row.metrics as Metrics | null) : null,
    build_start,
    by,
  }
}
