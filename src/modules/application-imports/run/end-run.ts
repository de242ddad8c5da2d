import type { Transaction } from '../../../audit/record-event.ts'
import { lockRun, type Run, recordRun } from './run.ts'

/** Ends the import of a run that can't succeed. What was there before it stays. */
export async function endFailed(tx: Transaction, run: Run, log: string): Promise<void> {
  await lockRun(tx, run)
  await tx.$executeRaw`
    UPDATE application_imports SET status = 'failed', build_end = clock_timestamp(), log = ${log}
    WHERE id = ${run.id}::uuid`
  await recordRun(tx, run, 'failed', {
    before: { status: 'running' },
    after: { status: 'failed', log },
  })
}

/** Ends what was `canceling`; call it with the import locked. */
export async function endCanceled(
  tx: Transaction,
  { id, tenant_id, by }: Pick<Run, 'id' | 'tenant_id' | 'by'>,
): Promise<void> {
  const ended = await tx.$executeRaw`
    UPDATE application_imports SET status = 'canceled', build_end = clock_timestamp()
    WHERE id = ${id}::uuid AND status = 'canceling'`
  if (ended === 0) return
  const asked = await tx.auditEvent.findFirst({
    where: { target_id: id, action: 'application_import.cancel_requested' },
    orderBy: { at: 'desc' },
  })
  const who = asked && {
    actor: { id: asked.actor_id, name: asked.actor_name },
    credential:
      asked.credential_kind && asked.credential_id
        ? { kind: asked.credential_kind, id: asked.credential_id, name: asked.credential_name }
        : null,
  }
  await recordRun(tx, { id, tenant_id, by: { ...by, ...who } }, 'canceled', {
    before: { status: 'canceling' },
    after: { status: 'canceled' },
  })
}
