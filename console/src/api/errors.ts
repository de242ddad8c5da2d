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

const nothingSaid = { correlation_id: null, isAway: false, isNotFound: false, fields: {} }

/** A passkey that the person, or their device, did not give. */
export class NotShown extends Error {}

/** What went wrong, in the server's words where it has said any. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NotShown) return { ...nothingSaid, message: texts.passkeyNotShown }
  if (!isEnvelope(error)) return { ...nothingSaid, message: texts.unreachable, isAway: true }
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
