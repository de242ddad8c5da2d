import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../http/errors.ts'
import { ipOf } from '../http/ip.ts'
import { nameCredential } from '../http/logging.ts'
import type { AccessTokens } from './access-token.ts'
import type { Authority } from './authority.ts'
import type { ReadAuthority } from './authority-reader.ts'
import { readCredential } from './credential.ts'
import { decideAccess, namedTenantId } from './decide-access.ts'
import type { Access } from './declaration.ts'
import type { Reach } from './reach.ts'
import { subjectOf } from './subject.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Set on every route that is not public; reading it elsewhere throws. */
    authority: Authority
    /** Null where an optional credential is absent. */
    optionalAuthority: Authority | null
    /** Where the declared permission is held; set on routes with `withinReach`. */
    reach: Reach
    /** Where the one for service accounts is held; set on routes with `withinEitherReach`. */
    account_reach: Reach
    /** Where the one for what the caller began is held; set on routes with `withinReachOrOwn`. */
    own_reach: Reach
  }
  interface FastifyInstance {
    /** All routes, in order of registration. */
    routes: RouteOptions[]
  }
}

export type GuardOptions = {
  tokenPrefix: string
  accessTokens: AccessTokens
  readAuthority: ReadAuthority
  /** Told of each token that was accepted. */
  onTokenUsed: (tokenId: string, ip: string | null) => void
  /** Told once of each request whose credential was accepted, before it is decided what that may do. */
  onAuthenticated: (request: FastifyRequest, reply: FastifyReply) => Promise<void> | undefined
}

/**
 * The one way in: header → credential → authority → decision, before the body is even parsed, so
 * that 401 comes before 400 and a stranger costs no parse. Then the operation runs.
 */
export const guard = fp<GuardOptions>(
  async (app, options) => {
    app.decorate('routes', [])
    app.decorateRequest('optionalAuthority', null)
    app.decorateRequest('authority', { getter: authorityOf })
    app.decorateRequest('reach')
    app.decorateRequest('account_reach')
    app.decorateRequest('own_reach')
    app.addHook('onRoute', (route) => void app.routes.push(route))
    app.addHook('onReady', async () => refuseUndeclared(app.routes))
    app.addHook('onRequest', (request, reply) =>
      admit(request, options, () => options.onAuthenticated(request, reply)),
    )
    // A body may take long to arrive. What changes something acts on the authority of now, not of then.
    app.addHook('preHandler', (request, _reply, done) => {
      if (readingMethods.has(request.method)) done()
      else admit(request, options).then(() => done(), done)
    })
  },
  { name: 'guard' },
)

const readingMethods = new Set(['GET', 'HEAD'])

function authorityOf(this: FastifyRequest): Authority {
  if (this.optionalAuthority) return this.optionalAuthority
  throw new Error(`${this.routeOptions.url} is public and has no authority`)
}

function refuseUndeclared(routes: FastifyInstance['routes']): void {
  const missing = routes.filter((route) => route.config?.access === undefined)
  if (missing.length === 0) return
  const names = missing.map(({ method, url }) => `${String(method)} ${url}`)
  throw new Error(`These routes do not declare config.access: ${names.join(', ')}`)
}

async function admit(
  request: FastifyRequest,
  options: GuardOptions,
  onAuthenticated?: () => Promise<void> | undefined,
): Promise<void> {
  const { access } = request.routeOptions.config
  if (request.is404 || access?.kind === 'public') return
  if (access?.kind === 'optional') {
    const cookie = request.headers.cookie !== undefined
    const authority = await authenticate(request, options).catch(cookie ? absentIfBad : rethrow)
    request.optionalAuthority = authority
    if (authority) await onAuthenticated?.()
    return
  }
  request.optionalAuthority = await authenticate(request, options)
  await onAuthenticated?.()
  decideAccess(request, request.optionalAuthority)
}

async function authenticate(request: FastifyRequest, options: GuardOptions): Promise<Authority> {
  const credential = readCredential(request.raw.rawHeaders, options.tokenPrefix)
  const subject = await subjectOf(credential, options.accessTokens)
  const authority = await options.readAuthority(subject, namedTenantId(request))
  nameCredential(request.log, authority.credential.id)
  if (credential.kind === 'personal_access_token') {
    options.onTokenUsed(authority.credential.id, ipOf(request))
  }
  return authority
}

const rethrow = (error: unknown): never => {
  throw error
}

function absentIfBad(error: unknown): null {
  if (error instanceof AppError && error.code === 'unauthorized') return null
  throw error
}
