import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Answer } from '../freshness/connection.ts'
import { connectionsTo } from './paced.ts'

type Wanted = { url: string; atOnce: number }

/**
 * Many who sign in at once, again and again, in a thread of their own: what they and their answers cost the client
 * is not taken for slowness of the server by whoever measures that.
 */
export function signInBursts(wanted: Wanted) {
  const worker = new Worker(new URL(import.meta.url), { workerData: wanted })
  return {
    async send(seconds: number): Promise<Answer[]> {
      worker.postMessage(seconds)
      const [answers] = await once(worker, 'message')
      return answers
    },
    close: () => worker.terminate(),
  }
}

/** Each with an address of its own: who types one account's password wrongly so often is stopped before. */
const signIn = () => ({
  method: 'POST',
  path: '/auth/login',
  body: { email: `${randomUUID()}@faults.test`, password: 'not the password' },
})

/** So many at once; when all have been answered, and a little time has passed, again. */
async function bursts({ url, atOnce }: Wanted, seconds: number): Promise<Answer[]> {
  const client = connectionsTo(url)
  const until = performance.now() + seconds * 1000
  const answers: Answer[] = []
  while (performance.now() < until) {
    const sent = Array.from({ length: atOnce }, () => client.ask(signIn()))
    answers.push(...(await Promise.all(sent)))
    await sleep(100)
  }
  client.close()
  return answers.map((answer) => ({ ...answer, body: '' }))
}

if (!isMainThread) {
  parentPort?.on('message', async (seconds: number) => {
    parentPort?.postMessage(await bursts(workerData, seconds))
  })
}
