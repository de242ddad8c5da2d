import type { Transaction } from '../../../audit/record-event.ts'
import type { WorkActor } from '../../../audit/record-work.ts'
import { recordWork } from '../../../audit/record-work.ts'
import type { Metrics } from '../resource.ts'

/** `isFetched`: nobody sent it, it was fetched from the source of the application. */
export type StoredFile = { id: string; name: string; size: number; isFetched: boolean }

/** One attempt at an import. */
export type Run = {
  id: string
  number: number
  application_id: string
  tenant_id: string
  /** Why nothing may be imported now, if so. */
  obstacle: string | null
  source_url: string | null
  files: StoredFile[]
  /** What it was to change when somebody confirmed that. */
  confirmed: Metrics | null
  /** When it began: whoever has begun the same import later has taken it over. */
  build_start: Date
  by: WorkActor
}

/** Why nothing may be imported into an application, if so. */
export function obstacleOf(is_archived: boolean, tenant_status: string): string | null {
  if (is_archived) return 'the application is archived'
  return tenant_status === 'active' ? null : 'the tenant is not active'
}

/** The end of a run that isn't one of its import: somebody canceled it, or works on it in our place. */
export class Interrupted extends Error {
  readonly why: 'canceled' | 'taken_over'

  constructor(why: Interrupted['why']) {
    super(`The import was ${why === 'canceled' ? 'canceled' : 'taken over'}`)
    this.why = why
  }
}

/** What is in the way of a run now is gone when it is tried again. */
export class TryAgain extends Error {
  override name = 'TryAgain'
}

/** Locks the import of a run. Throws, if it is this run's no more. */
export async function lockRun(tx: Transaction, { id, build_start }: Run): Promise<void> {
  const [row] = await tx.$queryRaw<[{ status: string; build_start: Date | null }]>`
    SELECT status::text, build_start FROM application_imports WHERE id = ${id}::uuid FOR UPDATE`
  if (row.build_start?.getTime() !== build_start.getTime()) throw new Interrupted('taken_over')
  if (row.status === 'canceling') throw new Interrupted('canceled')
  if (row.status !== 'running') throw new Interrupted('taken_over')
}

/** Records what became of the import of a run. */
export async function recordRun(
  tx: Transaction,
  { id, tenant_id, by }: Pick<Run, 'id' | 'tenant_id' | 'by'>,
  action: string,
  change: Pick<Parameters<typeof recordWork>[2], 'before' | 'after'>,
): Promise<void> {
  await recordWork(tx, by, {
    action: `application_import.${action}`,
    target_type: 'application_import',
    target_id: id,
    tenant_ids: [tenant_id],
    ...change,
  })
}
