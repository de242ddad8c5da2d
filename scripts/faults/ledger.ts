import type { Span } from '../freshness/check-history.ts'
import type { Answer, Request } from './ask.ts'

/** `unknown`: no answer, or a 503, after which it may have been made or not. */
type Outcome = 'ok' | 'fail' | 'unknown'

/** From the first time it was sent to the answer that settled it. */
export type Attempt = Span & { outcome: Outcome }

/** One token, from its making to its end, as its owner knows of it. */
export type TokenEntry = {
  name: string
  id: string | null
  created: Attempt
  revoked: Attempt | null
  uses: (Span & { status: number })[]
}

/** A value that one writer overwrites again and again. What is unknown may come true late, or never. */
export type Register = { id: string; acknowledged: number; unknown: number[] }

export type AnswerEntry = Span & {
  question: string
  status: number
  expected: readonly number[]
  ms: number
  /** Null where the answer is as it must be; else what is wrong with its form. */
  malformed: string | null
}

/** All that was asked, and all that was answered. */
export type Ledger = {
  answers: AnswerEntry[]
  tokens: TokenEntry[]
  registers: Register[]
}

export const emptyLedger = (): Ledger => ({ answers: [], tokens: [], registers: [] })

export function enter(
  { answers }: Ledger,
  { method = 'GET', path }: Request,
  expected: readonly number[],
  answer: Answer,
): void {
  const question = `${method} ${path.replaceAll(/[0-9a-f-]{36}/g, ':id')}`
  const { status, start, end } = answer
  const ms = (end - start) / 1e6
  answers.push({ question, status, expected, start, end, ms, malformed: malformed(answer) })
}

/** Every refusal is in the one envelope and carries its id; every 503 says when to come again. */
function malformed({ status, headers, body }: Answer): string | null {
  if (status === 0 || status < 400) return null
  let envelope: { error?: unknown; correlationId?: unknown }
  try {
    envelope = JSON.parse(body)
  } catch {
    return `a body that is not ours: ${body.slice(0, 100)}`
  }
  if (typeof envelope.error !== 'string') return 'an envelope without `error`'
  const id = envelope.correlationId
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) return 'no correlationId'
  if (headers['x-correlation-id'] !== id) return 'another id in the header than in the body'
  if (status === 503 && !/^\d+$/.test(String(headers['retry-after']))) return 'no Retry-After'
  return null
}
