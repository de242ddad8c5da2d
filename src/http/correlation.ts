import type { IncomingMessage } from 'node:http'
import type { RandomBytes } from '../access/token.ts'

const form = /^[0-9a-f]{32}$/

/** A caller may bring the id of its own request, in our form; anything else would be a way into the logs. */
export function correlationIds(randomBytes: RandomBytes) {
  return (request: Pick<IncomingMessage, 'headers'>): string => {
    const given = request.headers['x-correlation-id']
    if (typeof given === 'string' && form.test(given)) return given
    return newCorrelationId(randomBytes)
  }
}

export function newCorrelationId(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(16)).toString('hex')
}
