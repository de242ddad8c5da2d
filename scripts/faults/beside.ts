import type { Answer } from '../freshness/connection.ts'
import { bestP99, othersThan, paced, type Sample } from './paced.ts'
import { atMost, exactly, type Figure, told } from './scenario.ts'

/** Somebody who sends so many per second, and what they are to be answered. */
export type Sender = {
  name: string
  rate: number
  send: (at: number) => Promise<Answer>
  statuses: readonly number[]
}

export type Heard = { alone: Sample[]; beside: Sample[]; flood: Sample[] }

const rounds = 5
/**
 * A fifth of a p99 of a few milliseconds is less than two processes on a busy machine take from one another,
 * so these many milliseconds are allowed.
 */
const allowedMs = 10

/** One sender alone and beside a flood, in turns, so that a noisy machine is noisy for both. */
export async function besideFlood(one: Sender, flood: Sender, seconds: number): Promise<Heard> {
  const heard: Heard = { alone: [], beside: [], flood: [] }
  await paced(one.rate, 2, one.send)
  for (let round = 0; round < rounds; round += 1) {
    heard.alone.push(await paced(one.rate, seconds, one.send))
    const [beside, flooded] = await Promise.all([
      paced(one.rate, seconds, one.send),
      paced(flood.rate, seconds, flood.send),
    ])
    heard.beside.push(beside)
    heard.flood.push(flooded)
  }
  return heard
}

export function besideFigures(one: Sender, flood: Sender, heard: Heard): Figure[] {
  const others = (samples: readonly Sample[], { statuses }: Sender) =>
    samples.reduce((sum, sample) => sum + othersThan(sample, ...statuses), 0)
  const alone = bestP99(heard.alone)
  const limit = Math.round(Math.max(1.2 * alone, alone + allowedMs))
  const unexpected = ({ name, statuses }: Sender) =>
    `${name}: answered other than ${statuses.join(' or ')}`
  return [
    told(`${flood.name}: sent`, countOf(heard.flood)),
    exactly(unexpected(flood), 0, others(heard.flood, flood)),
    exactly(unexpected(one), 0, others([...heard.alone, ...heard.beside], one)),
    told(`${one.name}: p99 alone, in the best round, ms`, alone),
    atMost(`${one.name}: p99 beside, in the best round`, limit, bestP99(heard.beside), ' ms'),
  ]
}

export const countOf = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { ms }) => sum + ms.length, 0)
