import type { FastifyReply, FastifyRequest } from 'fastify'
import { toAppError } from '../../http/error-handler.ts'
import { failed } from './failed.ts'
import { isReturnTo } from './return-to.ts'

/**
 * For the addresses that browsers are sent to: who is on the way to a provider, or back, and has come at a bad time reads
 * a sentence, and no JSON. Who takes no page for an answer gets the error.
 */
export function failInBrowser(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { code, statusCode, extras } = toAppError(error)
  const takesPage = request.headers.accept?.includes('text/html')
  if (!takesPage || ![429, 503].includes(statusCode)) throw error
  if (statusCode === 503) request.log.error({ err: extras.cause ?? error }, 'request failed')
  const reason = extras.reason ?? code
  return failed(request, reply, reason, { code: 'sso_unavailable', from: fromOf(request.query) })
}

/** Limits are counted before the query is checked. */
function fromOf(query: unknown): string {
  const { return_to } = query as { return_to?: unknown }
  return isReturnTo(return_to) ? return_to : '/'
}
