import { setTimeout as sleep } from 'node:timers/promises'
import type { PrismaClient } from '../../../generated/prisma/client.ts'
import { Interrupted, type Run } from './run.ts'

const everyMs = 500

/**
 * Writes down how far a run is, at most once a second, and looks whether it is still wanted: if not, `stop` is
 * called with the reason. Ends with the signal.
 */
export async function watchRun(
  prisma: PrismaClient,
  { id, build_start }: Run,
  progress: { rows: number },
  signal: AbortSignal,
  stop: (reason: unknown) => void,
): Promise<void> {
  let [told, ticks] = [0, 0]
  while (await passes(everyMs, signal)) {
    ticks += 1
    try {
      if (ticks % 2 === 0 && progress.rows > told) {
        told = progress.rows
        await prisma.$executeRaw`
          UPDATE application_imports SET rows_done = ${told}
          WHERE id = ${id}::uuid AND status = 'running' AND build_start = ${build_start}`
      }
      const now = await prisma.applicationImport.findUniqueOrThrow({
        where: { id },
        select: { status: true, build_start: true },
      })
      if (now.status === 'canceling') stop(new Interrupted('canceled'))
      if (now.build_start?.getTime() !== build_start.getTime()) stop(new Interrupted('taken_over'))
    } catch (error) {
      stop(error)
    }
  }
}

const passes = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal }).catch(() => false)
