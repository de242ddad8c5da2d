import { setTimeout as sleep } from 'node:timers/promises'
import { isConnectionLoss } from './faults.ts'

/** What took longer isn't asked again, so that all tries together stay within the time of an answer. */
const withinMs = 500
const pauseMs = 20

/**
 * Asks anew where the connection broke under the question, which says nothing of the database: another one
 * may lead to it. All of a pool may be broken without its knowing. For questions only: of a write nobody
 * knows whether it was made.
 */
export async function askAnew<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const asked_at = performance.now()
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isConnectionLoss(error) || performance.now() - asked_at > withinMs) throw error
      await sleep(pauseMs)
    }
  }
}
