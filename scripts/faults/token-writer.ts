import { randomUUID } from 'node:crypto'
import type { Answer, Request } from './ask.ts'
import type { Hand } from './hand.ts'
import type { Attempt, TokenEntry } from './ledger.ts'
import type { Writer } from './writers.ts'

/**
 * Makes a token, uses it, ends it and uses it again, over and over. What is answered 503 is sent again until
 * it is settled: the create with the same Idempotency-Key, so that it can't be made twice.
 */
export async function makeAndEndTokens(writer: Writer, hand: Hand): Promise<void> {
  while (!hand.isOver()) {
    const { entry, secret } = await make(writer, hand)
    if (entry.created.outcome !== 'ok') continue
    await use(entry, secret, hand)
    const meanwhile = use(entry, secret, hand)
    await end(entry, writer, hand)
    await meanwhile
    await use(entry, secret, hand)
    await hand.rest()
  }
}

async function make({ tenant_id, session }: Writer, hand: Hand) {
  const name = randomUUID()
  const request = {
    method: 'POST',
    path: '/me/tokens',
    as: session,
    body: { name, permissions: ['tenants.read'], tenants: [tenant_id] },
    headers: { 'idempotency-key': name },
  }
  const { attempt, answer } = await settle(request, [201], hand)
  const made = attempt.outcome === 'ok' ? JSON.parse(answer.body) : {}
  const id: string | null = made.id ?? null
  const entry: TokenEntry = { name, id, created: attempt, revoked: null, uses: [] }
  hand.ledger.tokens.push(entry)
  // Who was answered 503 first may find it made, and then is not shown its secret.
  return { entry, secret: (made.token ?? null) as string | null }
}

async function end(entry: TokenEntry, { session }: Writer, hand: Hand): Promise<void> {
  const request = { method: 'DELETE', path: `/me/tokens/${entry.id}`, as: session }
  const { attempt } = await settle(request, [204], hand, [404])
  entry.revoked = attempt
}

/** Sends it until it is settled. After a 503 it may find its own work done: `done` says by which status. */
async function settle(
  request: Request,
  expected: readonly number[],
  hand: Hand,
  done: readonly number[] = [],
): Promise<{ attempt: Attempt; answer: Answer }> {
  let accepted = expected
  let answer = await hand.ask(request, accepted)
  const { start } = answer
  while (isOpen(answer) && !hand.isOver()) {
    await hand.rest()
    accepted = [...expected, ...done]
    answer = await hand.ask(request, accepted)
  }
  const outcome = isOpen(answer) ? 'unknown' : accepted.includes(answer.status) ? 'ok' : 'fail'
  return { attempt: { outcome, start, end: answer.end }, answer }
}

const isOpen = ({ status }: Answer) => status === 0 || status === 503

/** What it should be answered is for the history to say; here only that it is one of the two. */
async function use(entry: TokenEntry, secret: string | null, hand: Hand): Promise<void> {
  if (secret === null) return
  const { status, start, end } = await hand.ask({ path: '/authorize', as: secret }, [204, 401])
  entry.uses.push({ status, start, end })
}
