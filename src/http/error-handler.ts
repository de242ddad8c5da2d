import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isDatabaseFault, isTransactionConflict } from '../db/faults.ts'
import { envelope } from './envelope.ts'
import { AppError, type ErrorCode, notFound, unavailable } from './errors.ts'
import { addHeaders } from './limit-headers.ts'
import { fieldErrors } from './validation.ts'

/** The only place where an error becomes an answer. */
export const errorHandler = fp(
  async (app: FastifyInstance) => {
    app.setErrorHandler(renderError)
    app.setNotFoundHandler((request, reply) => renderError(notFound(), request, reply))
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-correlation-id', request.id)
      done()
    })
  },
  { name: 'error-handler' },
)

export function renderError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const answer = toAppError(error)
  const { headers = {} } = answer.extras
  log(request, answer, error)
  addHeaders(reply, headers)
  return reply
    .code(answer.statusCode)
    .headers({ 'x-correlation-id': request.id, 'cache-control': 'no-store' })
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(envelope(answer, request.id))
}

/** An error is logged where somebody has to look into it; that more came than there is room for is no such thing. */
function log({ log }: FastifyRequest, { code, statusCode, extras }: AppError, error: unknown) {
  const { reason, cause } = extras
  if (statusCode < 500) log.info({ error: code, reason }, 'request refused')
  else if (cause || code === 'server_error')
    log.error({ err: cause ?? error, reason }, 'request failed')
  else log.warn({ error: code, reason }, 'request refused')
}

/** What an error is to who asked. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isDatabaseFault(error)) return unavailable('database fault', error)
  if (isTransactionConflict(error)) return unavailable('transaction conflict', error)
  const { validation, validationContext, statusCode = 500 } = error as FastifyError
  if (validation) {
    // An id that can't exist is like one that doesn't.
    if (validationContext === 'params') return notFound()
    const errors = fieldErrors(validation)
    const message = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
    return new AppError('validation_error', message, { errors, reason: 'form' })
  }
  const framework = frameworkErrors[statusCode]
  if (framework) {
    return new AppError(framework.code, framework.message, { reason: 'form', cause: error })
  }
  return new AppError('server_error', 'Something went wrong on our side', {
    cause: error,
  })
}

/** Fastify's own refusals, by their status; their texts would name its internals. */
const frameworkErrors: Record<number, { code: ErrorCode; message: string }> = {
  400: { code: 'validation_error', message: 'The request is not well-formed' },
  404: { code: 'not_found', message: 'There is nothing here' },
  413: { code: 'payload_too_large', message: 'The body is too large' },
  414: { code: 'not_found', message: 'There is nothing here' },
  415: { code: 'unsupported_media_type', message: 'Send application/json' },
}
