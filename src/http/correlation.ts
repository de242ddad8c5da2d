import type { IncomingMessage } from 'node:http'
import type { RandomBytes } from '../access/token.ts'

const form = /^[0-9a-f]{32}$/

/** A caller may bring the id of its own request, in our form; anything else would be a way into the logs. */
export function correlationIds(randomBytes: RandomBytes) {
  const next = drawnAhead(randomBytes)
  return (request: Pick<IncomingMessage, 'headers'>): string => {
    const given = request.headers['x-correlation-id']
    if (typeof given === 'string' && form.test(given)) return given
    return next()
  }
}

export function newCorrelationId(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(idBytes)).toString('hex')
}

const idBytes = 16
const idsAhead = 256

/** A call for random bytes costs more than all else about an id, so they are drawn for many at once. */
function drawnAhead(randomBytes: RandomBytes): () => string {
  let drawn = ''
  let at = 0
  return () => {
    if (at >= drawn.length) {
      drawn = Buffer.from(randomBytes(idBytes * idsAhead)).toString('hex')
      at = 0
    }
    const id = drawn.slice(at, at + 2 * idBytes)
    at += 2 * idBytes
    return id
  }
}
