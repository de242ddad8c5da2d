import { setTimeout as sleep } from 'node:timers/promises'
import type { Ask, Request } from './ask.ts'
import type { Hand } from './hand.ts'
import { emptyLedger, enter, type Ledger } from './ledger.ts'
import { readOften, signInOften } from './readers.ts'
import { renameOften } from './register-writer.ts'
import { makeAndEndTokens } from './token-writer.ts'
import type { Writer } from './writers.ts'

export type Load = {
  ledger: Ledger
  /** The first request, or write, that begins after a moment and succeeds: when it ended; infinity where none does. */
  firstSuccess(after: number): Promise<number>
  firstWrite(after: number): Promise<number>
  /** Ends the load; whatever is under way is answered first. */
  stop(): Promise<Ledger>
}

/** After that, nothing is expected to succeed any more. */
const patienceMs = 30_000

/** Sooner than Retry-After asks for: what is away should be asked often. */
const retryMs = 200

type LoadOptions = { ask: Ask; writers: readonly Writer[]; random: () => number; restMs?: number }

/** Mixed load: each person makes and ends tokens, renames their tenant, reads, and signs in now and then. */
export function startLoad({ ask, writers, random, restMs = 20 }: LoadOptions): Load {
  const ledger = emptyLedger()
  const waiting = new Set<{ after: number; isWrite: boolean; resolve: (end: number) => void }>()
  let over = false
  const hand: Hand = {
    ledger,
    isOver: () => over,
    rest: () => sleep(random() * restMs),
    async ask(request, expected) {
      const answer = await ask(request)
      enter(ledger, request, expected, answer)
      if (answer.status === 0 || answer.status === 503) await sleep(random() * retryMs)
      const isSuccess = answer.status >= 200 && answer.status < 300
      for (const one of waiting) {
        if (!isSuccess || answer.start < one.after || (one.isWrite && isRead(request))) continue
        waiting.delete(one)
        one.resolve(answer.end)
      }
      return answer
    },
  }
  const running = writers.flatMap((writer, at) => [
    makeAndEndTokens(writer, hand),
    renameOften(writer, hand),
    readOften(writer, hand),
    ...(at === 0 ? [signInOften(writer, hand)] : []),
  ])
  const first = (after: number, isWrite: boolean) =>
    Promise.race([
      new Promise<number>((resolve) => waiting.add({ after, isWrite, resolve })),
      sleep(patienceMs, Number.POSITIVE_INFINITY, { ref: false }),
    ])
  return {
    ledger,
    firstSuccess: (after) => first(after, false),
    firstWrite: (after) => first(after, true),
    async stop() {
      over = true
      await Promise.all(running)
      return ledger
    },
  }
}

const isRead = ({ method = 'GET' }: Request) => method === 'GET'
