import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Ask, Connection } from '../freshness/connection.ts'

/** What a stretch of load saw: milliseconds of the answers, shortest first, and how often each status came. */
export type Sample = { ms: number[]; statuses: Map<number, number> }

const tickMs = 5

/**
 * Sends at a rate, however long the answers take: who waits for an answer before the next question doesn't
 * see how slow it is for others.
 */
export async function paced(
  rate: number,
  seconds: number,
  send: (at: number) => Promise<Answer>,
): Promise<Sample> {
  const startedAt = performance.now()
  const answers: Promise<Answer>[] = []
  const total = Math.floor(rate * seconds)
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * rate))
    while (answers.length < due) answers.push(send(answers.length))
    await sleep(tickMs)
  }
  return sampleOf(await Promise.all(answers))
}

export function sampleOf(answers: readonly Answer[]): Sample {
  const statuses = new Map<number, number>()
  for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const ms = answers.map(({ start, end }) => (end - start) / 1e6).sort((a, b) => a - b)
  return { ms, statuses }
}

export const percentile = ({ ms }: Sample, share: number): number =>
  ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? Number.NaN

/** Of several stretches, the one in which nobody else was in the way. */
export const bestP99 = (samples: readonly Sample[]): number =>
  Math.min(...samples.map((sample) => percentile(sample, 0.99)))

/** How many answers have another status than these. */
export function othersThan({ statuses }: Sample, ...expected: number[]): number {
  let count = 0
  for (const [status, times] of statuses) if (!expected.includes(status)) count += times
  return count
}

/** As many connections as there are questions at a time, each used again and again. */
export function connectionsTo(url: string): { ask: (ask: Ask) => Promise<Answer>; close(): void } {
  const all: Connection[] = []
  const idle: Connection[] = []
  const open = () => {
    const connection = new Connection(url)
    all.push(connection)
    return connection
  }
  return {
    async ask(asked) {
      const connection = idle.pop() ?? open()
      const answer = await connection.ask(asked)
      idle.push(connection)
      return answer
    },
    close() {
      for (const connection of all) connection.close()
    },
  }
}
