import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RandomBytes } from '../access/token.ts'
import { newCorrelationId } from './correlation.ts'
import { envelope } from './envelope.ts'
import { renderError } from './error-handler.ts'
import { AppError } from './errors.ts'
import { headersNamed } from './headers-named.ts'

/** Answers, in our envelope, what never became a request: broken HTTP, too slow, too much. */
export function answerSocketError(randomBytes: RandomBytes) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const [status, message] = refusals[error.code ?? ''] ?? ['400 Bad Request', 'Not HTTP']
    answerOnSocket(randomBytes, socket, status, new AppError('validation_error', message))
  }
}

/** Node would hang up on who asks for a tunnel, and answer an unknown expectation with an empty body. */
export function answerOddRequests(server: Server, randomBytes: RandomBytes): void {
  server.on('connect', (_request, socket) => {
    const error = new AppError('method_not_allowed', 'CONNECT is not possible here')
    answerOnSocket(randomBytes, socket, '405 Method Not Allowed', error)
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}

function answerOnSocket(
  randomBytes: RandomBytes,
  socket: Duplex,
  status: string,
  error: AppError,
): void {
  const correlationId = newCorrelationId(randomBytes)
  const body = JSON.stringify(envelope(error, correlationId))
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-correlation-id: ${correlationId}`,
    'cache-control: no-store',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const refusals: Record<string, [string, string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive'],
}

/** Errors that Fastify meets before it has found a route: a broken URL, a parameter without end. */
export function answerFrameworkError(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void renderError(error, request, reply)
}

/** Node would answer a missing Host header itself, with an empty body; we ask for it here instead. */
export function requireHost(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { headers, httpVersion, rawHeaders } = request.raw as IncomingMessage
  if (headersNamed('host', rawHeaders).length > 1) {
    throw new AppError('validation_error', 'Send one Host header')
  }
  if (headers.host === undefined && httpVersion === '1.1') {
    throw new AppError('validation_error', 'The Host header is missing')
  }
  done()
}
