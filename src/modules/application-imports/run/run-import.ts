import type pg from 'pg'
import { isDatabaseFault, isTransactionConflict } from '../../../db/faults.ts'
import { SourceError } from '../../../fetching/source-error.ts'
import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'
import { withApplicationLock } from './application-lock.ts'
import { BadFile } from './bad-file.ts'
import { beginRun } from './begin-run.ts'
import { endCanceled, endFailed } from './end-run.ts'
import { fillRows } from './fill-rows.ts'
import { removeLeftovers } from './leftovers.ts'
import { Interrupted, type Run, TryAgain } from './run.ts'
import { sourcesOf } from './sources.ts'
import { spoolSource } from './spool-source.ts'
import { swap } from './swap.ts'
import { watchRun } from './watch.ts'

/** Two at once have a core busy each. */
const concurrency = 2

/** Does an import, or ends one that was canceled, and removes what the ended has left. */
export const runImport: WorkOf = (tools) =>
  work({
    queue: 'run_import',
    concurrency,
    async handle({ import_id }, ending) {
      const { prisma, pool } = tools
      const found = await prisma.applicationImport.findUniqueOrThrow({
        where: { id: import_id },
        select: { application_id: true },
      })
      const done = await withApplicationLock(pool, found.application_id, async (client) => {
        const run = await prisma.$transaction((tx) => beginRun(tx, import_id))
        if (run) await carryOut(tools, client, run, ending)
        return true
      })
      if (!done) throw new Error('An import of this application is worked on elsewhere')
      await removeLeftovers(pool, import_id)
    },
  })

async function carryOut(tools: WorkTools, client: pg.PoolClient, run: Run, ending: AbortSignal) {
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, ending])
  const over = new AbortController()
  const progress = { rows: 0 }
  const watching = watchRun(tools.prisma, run, progress, over.signal, (reason) =>
    stopping.abort(reason),
  )
  try {
    await attempt(tools, client, run, progress, signal)
  } catch (error) {
    await settle(tools, run, signal.aborted ? signal.reason : error)
  } finally {
    over.abort()
    await watching
  }
}

async function attempt(
  tools: WorkTools,
  client: pg.PoolClient,
  run: Run,
  progress: { rows: number },
  signal: AbortSignal,
): Promise<void> {
  const { prisma, pool, importMaxBytes: maxBytes } = tools
  if (run.obstacle !== null) throw new BadFile([run.obstacle])
  const stored = run.files.length > 0 ? run.files : [await spoolSource(tools, run, signal)]
  const files = sourcesOf(pool, stored, signal)
  const joined = await fillRows(client, { import_id: run.id, files, maxBytes, progress, signal })
  const check = () => signal.throwIfAborted()
  await swap(prisma, { run, files, rows: progress.rows, joined, check })
}

/** What becomes of an import whose run ended with this. What may go better another time is thrown. */
async function settle({ prisma, log }: WorkTools, run: Run, error: unknown): Promise<void> {
  if (error instanceof Interrupted) {
    if (error.why === 'taken_over') throw error
    await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM application_imports WHERE id = ${run.id}::uuid FOR UPDATE`
      await endCanceled(tx, run)
    })
    return
  }
  const text = textOf(error)
  if (text === null) throw error
  if (!(error instanceof BadFile)) log.warn({ err: error, import_id: run.id }, 'import failed')
  try {
    await prisma.$transaction((tx) => endFailed(tx, run, text))
  } catch (ended) {
    if (!(ended instanceof Interrupted)) throw ended
    await settle({ prisma, log } as WorkTools, run, ended)
  }
}

function textOf(error: unknown): string | null {
  if (error instanceof BadFile || error instanceof SourceError) return error.message
  if (isDatabaseFault(error) || isTransactionConflict(error)) return null
  if (error instanceof TryAgain) return null
  if ((error as Error).name === 'AbortError') return null
  return 'something went wrong on our side'
}
