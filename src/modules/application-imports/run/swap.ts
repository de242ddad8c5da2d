import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '../../../audit/record-event.ts'
import type { PrismaClient } from '../../../generated/prisma/client.ts'
import type { Metrics } from '../resource.ts'
import { lockSwap } from './application-lock.ts'
import { BadFile } from './bad-file.ts'
import { gather } from './gather.ts'
import { measure } from './measure.ts'
import { replaceAccounts } from './replace-accounts.ts'
import { lockRun, obstacleOf, type Run, recordRun, TryAgain } from './run.ts'

/** A million accounts take seconds; nobody but this run changes them, and nobody waits. */
const timeout = 1_800_000

type Swap = {
  run: Run
  files: readonly { name: string | undefined }[]
  /** How many were read. */
  rows: number
  /** How many they are where they were copied to. */
  joined: number
  /** Throws where the run is to go no further. */
  check: () => void
}

/**
 * The end of an import whose rows are there, in one transaction: they are compared with the accounts of the
 * application and take their place; or, if that changes too much, it waits to be confirmed.
 */
export function swap(
  prisma: PrismaClient,
  { run, files, rows, joined, check }: Swap,
): Promise<void> {
  return prisma.$transaction(
    async (tx) => {
      await lockSwap(tx, run.application_id)
      await refuseOvertaken(tx, run)
      await requireAll(tx, run, joined)
      const gathered = await gather(tx, run.id, files)
      check()
      const { accounts_before, changed_accounts, ...measured } = await measure(tx, gathered, run)
      const metrics = { rows, ...measured }
      check()
      const threshold = await thresholdOf(tx, run)
      const isTooMuch =
        accounts_before > 0 && threshold !== null && metrics.change_percent > threshold
      if (isTooMuch && !isAsConfirmed(run, metrics)) {
        await pause(tx, run, metrics, threshold)
        return
      }
      await replaceAccounts(tx, gathered, run.application_id, { ...metrics, changed_accounts })
      check()
      await finish(tx, run, metrics)
    },
    { timeout },
  )
}

/** They are unlogged: a crash of PostgreSQL since they were copied has emptied the table. */
async function requireAll(tx: Transaction, { id }: Run, joined: number): Promise<void> {
  const [{ found }] = await tx.$queryRaw<[{ found: number }]>`
    SELECT count(*)::int AS found FROM import_rows WHERE import_id = ${id}::uuid`
  if (found !== joined) throw new TryAgain(`Of ${joined} rows ${found} are there`)
}

/**
 * The file is the one that was confirmed: nobody can change it. But the accounts that it is compared with may be others
 * by now, and it would change more of them than somebody was shown. Who matches them is not what was asked.
 */
function isAsConfirmed({ confirmed }: Run, metrics: Metrics): boolean {
  return isDeepStrictEqual({ ...confirmed, unmatched: 0 }, { ...metrics, unmatched: 0 })
}

async function thresholdOf(tx: Transaction, { application_id }: Run): Promise<number | null> {
  const application = await tx.application.findUniqueOrThrow({
    where: { id: application_id },
    select: { change_threshold_percent: true },
  })
  return application.change_threshold_percent
}

async function finish(tx: Transaction, run: Run, metrics: Metrics): Promise<void> {
  await lockRun(tx, run)
  // This lock is waited for by who stages the next import: it is taken last, and held for a moment.
  const [{ is_archived, tenant_status }] = await tx.$queryRaw<
    [{ is_archived: boolean; tenant_status: string }]
  >`
    UPDATE applications a SET last_updated = clock_timestamp() FROM tenants t
    WHERE a.id = ${run.application_id}::uuid AND t.id = a.tenant_id
    RETURNING a.is_archived, t.status::text AS tenant_status`
  const obstacle = obstacleOf(is_archived, tenant_status)
  if (obstacle !== null) throw new BadFile([obstacle])
  await refuseOvertaken(tx, run)
  await tx.$executeRaw`
    UPDATE application_imports SET status = 'finished', build_end = clock_timestamp(), log = NULL,
      metrics = ${metrics}, rows_done = ${metrics.rows}, rows_total = ${metrics.rows}
    WHERE id = ${run.id}::uuid`
  await recordRun(tx, run, 'finished', {
    before: { status: 'running' },
    after: { status: 'finished', metrics },
  })
}

/** What is newer is not replaced by what is older, in whatever order they came to run. */
async function refuseOvertaken(tx: Transaction, run: Run): Promise<void> {
  const later = await tx.applicationImport.findFirst({
    where: {
      application_id: run.application_id,
      number: { gt: run.number },
      status: 'finished',
    },
    select: { number: true },
  })
  if (later) throw new BadFile([`import ${later.number}, begun later, has finished already`])
}

async function pause(tx: Transaction, run: Run, metrics: Metrics, threshold: number) {
  await lockRun(tx, run)
  const { new_accounts, removed_accounts, change_percent } = metrics
  const log =
    `this changes ${change_percent} % of the accounts, more than the ${threshold} % that the application allows ` +
    `(${new_accounts} new, ${removed_accounts} removed): confirm it, or cancel it`
  await tx.$executeRaw`
    UPDATE application_imports SET status = 'paused', log = ${log}, metrics = ${metrics}, is_confirmed = false,
      rows_done = ${metrics.rows}, rows_total = ${metrics.rows}
    WHERE id = ${run.id}::uuid`
  await recordRun(tx, run, 'paused', {
    before: { status: 'running' },
    after: { status: 'paused', log, metrics },
  })
}
