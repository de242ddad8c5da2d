import type { Client } from '../support/client.ts'

type Answer = Awaited<ReturnType<Client>>

/** A call that changes something, with the event that it must leave. */
export type Mutation = {
  method: string
  path: string
  as?: string | undefined
  body?: unknown
  headers?: Record<string, string>
  status: number
  event: (answer: Answer) => Record<string, unknown>
  /** What the event must not show. */
  secrets?: (answer: Answer) => string[]
}

/** What an event says of a signed-in person. */
export function bySession({
  id,
  email,
  session_id,
}: {
  id: string
  email: string
  session_id: string
}) {
  return {
    actor_id: id,
    actor_name: email,
    credential_kind: 'session',
    credential_id: session_id,
    credential_name: null,
  }
}
