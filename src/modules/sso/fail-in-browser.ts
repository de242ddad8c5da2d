import type { FastifyReply, FastifyRequest } from 'fastify'
import { toAppError } from '../../http/error-handler.ts'
import { type Back, failed } from './failed.ts'
import { isReturnTo } from './return-to.ts'

/**
 * For the addresses that browsers are sent to: who is on the way to a provider, or back, and has come at a bad time reads
 * a sentence, and no JSON. Who takes no page for an answer gets the error. `back` is where to, for who knows more than
 * the query says.
 */
export function failInBrowser(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  back: Omit<Back, 'code'> = { from: fromOf(request.query) },
) {
  const { code, statusCode, extras } = toAppError(error)
  const takesPage = request.headers.accept?.includes('text/html')
  if (!takesPage || ![429, 503].includes(statusCode)) throw error
  if (statusCode === 503) request.log.error({ err: extras.cause ?? error }, 'request failed')
  return failed(request, reply, extras.reason ?? code, { ...back, code: 'sso_unavailable' })
}

/** Limits are counted before the query is checked. */
function fromOf(query: unknown): string {
  const { return_to } = query as { return_to?: unknown }
  return isReturnTo(return_to) ? return_to : '/'
}
