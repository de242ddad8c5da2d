import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/errors.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import { withQuery } from './return-to.ts'

/** All that the page is told; why it failed is in the log, under the correlation id. */
export type FailureCode =
  | 'sso_failed'
  /** The provider vouches for an e-mail address that a user has: they sign in as before, and link. */
  | 'sso_account_exists'
  /** The identity is somebody else's here, or the person has another one of this provider. */
  | 'sso_identity_taken'
  /** Too many came, or the database is away: worth another try in a minute. */
  | 'sso_unavailable'

const signInPage = '/sign-in'

export type Back = {
  page?: string
  code?: FailureCode
  /** Where a person who signs in was going: the sign-in page takes them there, however they come in then. */
  from?: string
}

/** Sends the browser to a page of the console that can say what happened. */
export function failed(
  request: FastifyRequest,
  reply: FastifyReply,
  reason: string,
  { page = signInPage, code = 'sso_failed', from = '/' }: Back = {},
) {
  request.log.info({ reason, code }, 'sso refused')
  const query = { error: code, correlation_id: request.id, ...(from !== '/' && { from }) }
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .redirect(withQuery(page, query), 302)
}

/** Why, if this is a refusal; null: it is a fault of ours. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof SsoRefused) return error.reasons
  if (error instanceof AppError && error.code === 'unauthorized') {
    return error.extras.reason ?? error.message
  }
  return null
}

/** Why, if this is a refusal; rethrows what is a fault of ours. */
export function reasonOf(error: unknown): string {
  const reason = refusalOf(error)
  if (reason === null) throw error
  return reason
}
