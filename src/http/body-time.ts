import type { IncomingMessage, Server } from 'node:http'

/** A body that is no upload is small, and there soon. */
const smallBodyMs = 25_000

type Deadline = { timer: NodeJS.Timeout }

const deadlines = new WeakMap<IncomingMessage, Deadline>()

/**
 * Nobody keeps a connection busy for nothing: each body has its time to arrive in, from the end of its headers,
 * also where the request was answered before. Node's own `requestTimeout` is one for all requests, and the files of
 * an upload take longer (`allowUpload`). For the headers there is `headersTimeout`.
 */
export function boundBodies(server: Server, ms = smallBodyMs): void {
  server.prependListener('request', (request: IncomingMessage) => {
    const { headers } = request
    const length = headers['content-length']
    if (headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) {
      return
    }
    const deadline = { timer: setTimeout(() => endLate(request), ms) }
    deadlines.set(request, deadline)
    request.once('close', () => clearTimeout(deadline.timer))
  })
}

/** Slower than this, after the first half minute, is nobody's uplink. */
const pace = { graceMs: 30_000, bytesPerSecond: 65_536, everyMs: 5000 }

/** No upload of so many bytes takes longer. */
export const uploadMsMax = (bytes: number): number =>
  pace.graceMs + pace.everyMs + (bytes / pace.bytesPerSecond) * 1000

/** Lets a body take as long as its pace needs: what is as slow as an attack still ends. */
export function allowUpload(request: IncomingMessage): void {
  const deadline = deadlines.get(request)
  if (!deadline || request.destroyed) return
  const { socket } = request
  const [begun, bytes] = [Date.now(), socket.bytesRead]
  clearTimeout(deadline.timer)
  deadline.timer = setInterval(() => {
    const spentMs = Date.now() - begun - pace.graceMs
    const due = (spentMs / 1000) * pace.bytesPerSecond
    if (spentMs > 0 && socket.bytesRead - bytes < due) endLate(request)
  }, pace.everyMs)
}

/** What of a refused upload is still on its way is read and thrown away, so that the answer is read; for a while. */
export function discardRest(request: IncomingMessage, ms = 10_000): void {
  const deadline = deadlines.get(request)
  if (deadline) {
    clearTimeout(deadline.timer)
    deadline.timer = setTimeout(() => endLate(request), ms)
  }
  request.unpipe()
  request.resume()
}

/** As Node ends a request that took longer than `requestTimeout`: with the answer of the `clientError` listener. */
function endLate(request: IncomingMessage): void {
  clearTimeout(deadlines.get(request)?.timer)
  const { socket } = request
  if (request.complete || socket.destroyed) return
  const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
  const { server } = socket as typeof socket & { server?: Server }
  if (!server?.emit('clientError', error, socket)) socket.destroy()
}
