import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { buildAuthorizationUrl } from 'openid-client'
import type { Tools } from '../../operation.ts'
import type { Provider } from '../../sso/clients.ts'
import { redirectUriOf } from '../../sso/redirect-uri.ts'
import { attemptSeconds, beginAttempt } from './attempts.ts'
import { setBrowserCookie } from './browser-cookie.ts'

/** Where to send the browser, which gets the cookie that binds it to this attempt. */
export async function sendAway(
  { prisma, identityProviderClients, publicUrl, randomBytes }: Tools,
  reply: FastifyReply,
  provider: Provider,
  begun: { return_to: string; session_id: string | null },
): Promise<string> {
  const config = await identityProviderClients(provider)
  const { state, browser, nonce, code_verifier } = await prisma.$transaction((tx) =>
    beginAttempt(tx, { provider_id: provider.id, ...begun }, { randomBytes }),
  )
  setBrowserCookie(reply, browser, attemptSeconds)
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUriOf(publicUrl, provider.id),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return url.href
}
