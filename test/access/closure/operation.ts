import type { Choice } from './choice.ts'

/** One call of the API that is to be made. */
export type ApiRequest = { method: string; path: string; body?: Record<string, unknown> }

export type Operation = {
  /** How often it is tried, against the others. */
  weight: number
  /** The permission that it declares, if any. */
  needs: string | null
  /** Null where there is nothing to do it with. */
  draw: (choice: Choice) => ApiRequest | null
}
