import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { authorityLock } from '../../db/advisory-locks.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation, Tools } from '../../operation.ts'
import { setRefreshCookie } from '../../sessions/refresh-cookie.ts'
import { redirectUriOf } from '../../sso/redirect-uri.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import { type Vouched, vouchedFor } from '../../sso/vouched.ts'
import { type Attempt, takeAttempt } from './attempts.ts'
import { takeBrowserCookie } from './browser-cookie.ts'
import { failInBrowser } from './fail-in-browser.ts'
import { failed, refusalOf } from './failed.ts'
import { link } from './link.ts'
import { showAnew } from './show-anew.ts'
import { type Refused, type SignedIn, signIn } from './sign-in.ts'

/** What a provider sends along is its own to name; what is used of it is checked one by one. */
const QueryFields = Type.Object({}, { additionalProperties: true })

/** Where a provider sends the browser back to. */
export const finishSso: Operation = (app, tools) => {
  app.get(
    '/auth/sso/:id/callback',
    {
      exposeHeadRoute: false,
      config: { access: isPublic, countsBySource: true },
      errorHandler: failInBrowser,
      schema: {
        operationId: 'finishSso',
        summary: 'Come back from an identity provider',
        description:
          'For providers to send browsers to: signs the person in, or, of who began it signed in, links the identity or shows that it is them.',
        tags: ['sign-in'],
        params: IdParams,
        querystring: QueryFields,
        response: {
          302: Type.Null({
            description:
              'To where the person wanted to go, with the refresh cookie; or to `/sign-in?error=…&correlation_id=…`, with `from`, where the person wanted to go (of a link or a step-up: to there itself). `error` is `sso_failed`, `sso_account_exists`, `sso_identity_taken` or, where it is worth another try in a minute, `sso_unavailable`',
          }),
        },
      },
    },
    async (request, reply) => {
      const answer = answerOf(request, tools.publicUrl)
      const attempt = await attemptOf(request, reply, answer, tools)
      if (!attempt) return failed(request, reply, 'no attempt of this browser')
      const { purpose, return_to } = attempt
      const back = purpose === 'sign_in' ? { from: return_to } : { page: return_to }
      try {
        const end = await finish(request, answer, attempt, tools)
        if (end && 'code' in end) return failed(request, reply, end.reason, { ...back, ...end })
        if (end) setRefreshCookie(reply, end.refreshToken, end.session.expires_at)
        return reply.header('cache-control', 'no-store').redirect(return_to, 302)
      } catch (error) {
        const reason = refusalOf(error)
        // The attempt is gone, and with it all that says where this browser was going.
        if (reason === null) return failInBrowser(error, request, reply, back)
        return failed(request, reply, reason, back)
      }
    },
  )
}

type Callback = FastifyRequest<{ Params: { id: string } }>

/** The answer at the address that the provider was told, whatever this server is called by. */
function answerOf({ raw, params }: Callback, publicUrl: string): URL {
  const answer = new URL(redirectUriOf(publicUrl, params.id))
  answer.search = raw.url?.split('?').slice(1).join('?') ?? ''
  return answer
}

async function attemptOf(
  request: Callback,
  reply: FastifyReply,
  { searchParams }: URL,
  { prisma }: Tools,
): Promise<(Attempt & { state: string }) | null> {
  const browser = takeBrowserCookie(request, reply)
  const [state, ...more] = searchParams.getAll('state')
  if (browser === null || state === undefined || more.length > 0) return null
  const attempt = await takeAttempt(prisma, request.params.id, state, browser)
  return attempt && { ...attempt, state }
}

/** Null: linked, or shown anew. */
async function finish(
  request: Callback,
  answer: URL,
  attempt: Attempt & { state: string },
  tools: Tools,
): Promise<SignedIn | Refused | null> {
  const { prisma, identityProviderClients, clock } = tools
  const enabled = { id: request.params.id, is_enabled: true, deleted_at: null }
  const known = await prisma.identityProvider.findFirst({ where: enabled })
  if (!known) throw new SsoRefused('no such provider')
  const config = await identityProviderClients(known)
  const { issuer } = known
  const since = attempt.purpose === 'step_up' ? attempt.created_at : null
  const vouched = await vouchedFor(config, answer, { ...attempt, issuer, since }, clock)
  const { purpose, session_id } = attempt
  const asksDetails = purpose === 'link' || !(await isKnown(tools, vouched))
  const details = asksDetails ? await vouched.details() : null
  return prisma
    .$transaction(async (tx) => {
      // Who disables the provider holds this alone: no session begins after that.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${authorityLock})`
      const include = { jit_grants: true }
      const provider = await tx.identityProvider.findFirst({ where: enabled, include })
      if (!provider) throw new SsoRefused('disabled meanwhile')
      if (purpose === 'sign_in') return signIn(tx, request, provider, vouched, details, tools)
      if (purpose === 'step_up') return showAnew(tx, request, provider, session_id, vouched)
      return link(tx, request, provider, session_id, vouched, details)
    })
    .catch(refuseTwins)
}

const isKnown = async ({ prisma }: Tools, { issuer, subject }: Vouched) =>
  (await prisma.externalIdentity.count({ where: { issuer, subject } })) > 0

/** Of two who come for the first time at once, with one subject or one address, one is there first. */
function refuseTwins(error: unknown): never {
  const broken = brokenConstraint(error)
  const twins = ['users_email_key', 'external_identities_issuer_subject_key']
  if (broken !== null && twins.includes(broken)) throw new SsoRefused('another was first', error)
  throw error
}
