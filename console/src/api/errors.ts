import type { components } from '../generated/api.d.ts'
import { texts } from '../texts/common.ts'

type Envelope = components['schemas']['Error']

export type Failure = {
  message: string
  /** To quote to whoever runs this Postern; null where no server has answered. */
  correlation_id: string | null
  /** Nobody answered, or only to say that it can't now: worth another try. */
  isAway: boolean
  isNotFound: boolean
  /** By field of the request. */
  fields: Record<string, string>
}

/** What came to nothing in this browser, by its person or its devices; the message is for people. */
export class NotDone extends Error {}

/** What went wrong, in the server's words where it has said any. */
export function failureOf(error: unknown): Failure {
  if (!isEnvelope(error)) {
    const isAway = !(error instanceof NotDone)
    const message = isAway ? texts.unreachable : error.message
    return { message, correlation_id: null, isAway, isNotFound: false, fields: {} }
  }
  return {
    message: error.message,
    correlation_id: error.correlationId,
    isAway: error.error === 'service_unavailable',
    isNotFound: error.error === 'not_found',
    fields: Object.fromEntries((error.errors ?? []).map(({ field, message }) => [field, message])),
  }
}

function isEnvelope(error: unknown): error is Envelope {
  return typeof error === 'object' && error !== null && 'correlationId' in error
}
