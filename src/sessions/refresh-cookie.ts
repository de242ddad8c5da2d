import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../http/errors.ts'

/** `__Host-` binds the cookie to this host and to https (browsers count http://127.0.0.1 as such). */
const name = '__Host-postern_refresh'
const attributes = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
} as const

export function setRefreshCookie(reply: FastifyReply, token: string, expires: Date): void {
  reply.setCookie(name, token, { ...attributes, expires })
}

export function clearRefreshCookie(reply: FastifyReply): void {
  reply.clearCookie(name, attributes)
}

export function readRefreshCookie(request: FastifyRequest): string | null {
  return request.cookies[name] ?? null
}

/**
 * A cookie comes along by itself, so a request that rides on one must come from our own pages.
 * Browsers say where from; what is not a browser sends neither header, and no cookie by itself.
 */
export function requireOwnSite(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site']
  const { origin, host } = request.headers
  const ownOrigins = [publicUrl, `${request.protocol}://${host}`]
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreignSite || (origin !== undefined && !ownOrigins.includes(origin))) {
    throw new AppError('forbidden', 'This request comes from another site')
  }
}
