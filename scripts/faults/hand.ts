import type { Answer, Request } from './ask.ts'
import type { Ledger } from './ledger.ts'

/** What whoever makes load works with. */
export type Hand = {
  ask: (request: Request, expected: readonly number[]) => Promise<Answer>
  ledger: Ledger
  isOver(): boolean
  /** A little time, so that one thread of many takes no CPU for itself. */
  rest(): Promise<void>
}
