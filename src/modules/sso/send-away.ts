import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { buildAuthorizationUrl } from 'openid-client'
import { AppError } from '../../http/errors.ts'
import type { Tools } from '../../operation.ts'
import type { Provider } from '../../sso/clients.ts'
import { redirectUriOf } from '../../sso/redirect-uri.ts'
import { attemptSeconds, type Begun, beginAttempt, type Purpose } from './attempts.ts'
import { setBrowserCookie } from './browser-cookie.ts'
import { reasonOf } from './failed.ts'

/** Whoever is to be shown anew must be asked anew: the provider may know them since this morning. */
const anew = { prompt: 'login', max_age: '0' }
/** Nobody is asked anew for it, but a provider that is asked for an age tells it (OpenID Connect Core §2, auth_time). */
const whenever = { max_age: '31536000' }

/** Where to send the browser, which gets the cookie that binds it to this attempt. */
export async function sendAway(
  { prisma, identityProviderClients, publicUrl, randomBytes }: Tools,
  reply: FastifyReply,
  provider: Provider,
  begun: Purpose & Pick<Begun, 'return_to'>,
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
    ...(begun.purpose === 'step_up' ? anew : whenever),
  })
  return url.href
}

/** The same for a call, whose answer tells the console where to go. */
export async function answerWhere(...[tools, reply, provider, begun]: Parameters<typeof sendAway>) {
  const authorization_url = await sendAway(tools, reply, provider, begun).catch((error) => {
    throw new AppError('unprocessable_entity', 'The identity provider can’t be asked now', {
      reason: reasonOf(error),
    })
  })
  return reply.header('cache-control', 'no-store').send({ authorization_url })
}
