import type { FastifyReply, FastifyRequest } from 'fastify'

/** Of the browser that was sent to a provider: whoever comes back without it is another one. */
const name = '__Host-postern_sso'

/** The way back begins at the provider's site, so `strict` would leave the cookie behind. */
const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

export function setBrowserCookie(reply: FastifyReply, value: string, maxAge: number): void {
  reply.setCookie(name, value, { ...attributes, maxAge })
}

export function takeBrowserCookie(request: FastifyRequest, reply: FastifyReply): string | null {
  const value = request.cookies[name] ?? null
  if (value !== null) reply.clearCookie(name, attributes)
  return value
}
