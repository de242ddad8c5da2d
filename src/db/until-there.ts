import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseFault } from './faults.ts'

const pauseMs = 500

/**
 * Tries again and again while the database is away, without end: whoever starts us beside it may start us
 * first. Any other failure, such as a wrong password, is final. `onAway` is told of each try that failed.
 */
export async function untilThere<Result>(
  attempt: () => Promise<Result>,
  onAway: (error: Error) => Promise<void>,
): Promise<Result> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!isDatabaseFault(error)) throw error
      await onAway(error as Error)
      await sleep(pauseMs)
    }
  }
}
