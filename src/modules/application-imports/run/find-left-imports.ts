import { begunBy } from '../../../audit/begun-by.ts'
import type { Transaction } from '../../../audit/record-event.ts'
import { work } from '../../../jobs/jobs.ts'
import type { WorkOf } from '../../../operation.ts'
import { endCanceled } from './end-run.ts'
import { recordRun } from './run.ts'

/** So long after the last that happened to an import it is tried no more: the next night's is not to be kept back. */
const triedHours = 12

/** A net under the jobs, which are given up after so many tries: finds each minute what nobody works on any more. */
export const findLeftImports: WorkOf = ({ prisma, jobs, log }) =>
  work({
    queue: 'find_left_imports',
    handle: async (_, signal) => {
      for (const { id } of await leftImports(prisma)) {
        if (signal.aborted) return
        log.warn({ import_id: id }, 'an import has no job any more')
        await prisma.$transaction(async (tx) => {
          const left = await lockLeft(tx, id)
          if (left?.is_given_up) await giveUp(tx, id)
          else if (left) {
            await jobs.send(tx, 'run_import', { import_id: id }, { key: left.application_id })
          }
        })
      }
    },
  })

type Reading = Pick<Transaction, '$queryRaw'>

function leftImports(prisma: Reading): Promise<{ id: string }[]> {
  return prisma.$queryRaw`
    WITH live AS (
      SELECT data->>'import_id' AS id FROM pgboss.job
      WHERE name = 'run_import' AND state IN ('created', 'retry', 'active')
    )
    SELECT i.id::text FROM application_imports i
    WHERE i.status IN ('pending', 'running', 'canceling')
      AND NOT EXISTS (SELECT FROM live WHERE live.id = i.id::text)
    ORDER BY i.created_at, i.id LIMIT 100`
}

type Left = { application_id: string; is_given_up: boolean }

/** Locks what is still left: nothing that sends a job for it, or ends it, does so meanwhile. */
async function lockLeft(tx: Transaction, id: string): Promise<Left | null> {
  await tx.$executeRaw`SELECT 1 FROM application_imports WHERE id = ${id}::uuid FOR UPDATE`
  const [row] = await tx.$queryRaw<Left[]>`
    SELECT i.application_id::text, greatest(i.created_at, (
        SELECT max(at) FROM audit_events WHERE target_id = i.id::text
      )) < clock_timestamp() - ${`${triedHours} hours`}::interval AS is_given_up
    FROM application_imports i
    WHERE i.id = ${id}::uuid AND i.status IN ('pending', 'running', 'canceling')
      AND NOT EXISTS (
        SELECT FROM pgboss.job WHERE name = 'run_import' AND state IN ('created', 'retry', 'active')
          AND data->>'import_id' = ${id})`
  return row ?? null
}

async function giveUp(tx: Transaction, id: string): Promise<void> {
  const row = await tx.applicationImport.findUniqueOrThrow({
    where: { id },
    include: { application: { select: { tenant_id: true } } },
  })
  const { status, created_by: name, created_by_id: user_id, credential_id, application } = row
  const by = await begunBy(tx, { id, name, user_id, credential_id })
  const run = { id, tenant_id: application.tenant_id, by }
  if (status === 'canceling') return endCanceled(tx, run)
  const log = `could not be done within ${triedHours} hours, for reasons on our side: begin it anew`
  await tx.$executeRaw`
    UPDATE application_imports SET status = 'failed', build_end = clock_timestamp(), log = ${log}
    WHERE id = ${id}::uuid`
  await recordRun(tx, run, 'failed', { before: { status }, after: { status: 'failed', log } })
}
