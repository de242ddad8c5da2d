import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RandomBytes } from '../access/token.ts'
import type { Config } from '../config.ts'
import { AppError } from '../http/errors.ts'
import { ipOf } from '../http/ip.ts'
import { quota } from './quota.ts'
import { sourceSlots } from './source.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on what proves or sets a password of one's own, and so computes a hash of it. */
    countsAsSignIn?: boolean
    /** Set on what strangers may ask the database for: they may as often as a credential may, by where they come from. */
    countsBySource?: boolean
    /** Set on what another service asks about its own callers: how often is that service's to limit. */
    isUnlimited?: boolean
  }
}

type Take = (request: FastifyRequest, reply: FastifyReply) => Promise<void> | undefined

export type RateLimits = {
  /** For a request whose credential was accepted, before it is asked what that may do. */
  authenticated: Take
  /** For any request: counts those that sign in, or ask without a credential, by where they come from. */
  signIn: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
  /** For a request that failed: counts those that were not authenticated, by where they come from. */
  failed: (error: unknown, request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

/** Who is slowed down. None of this decides what a credential may do, only how often it is asked. */
export function rateLimits(config: Config, randomBytes: RandomBytes): RateLimits {
  const byCredential = quota({
    name: 'credential',
    limit: config.RATE_LIMIT_PER_MINUTE,
    isTold: true,
  })
  // Strangers are not told how many tries they have left, and all refused sign-ins look alike.
  const isTold = false
  const bySignIn = quota({ name: 'sign-in', limit: config.SIGN_IN_LIMIT_PER_MINUTE, isTold })
  const bySource = quota({ name: 'source', limit: config.RATE_LIMIT_PER_MINUTE, isTold })
  const byFailure = quota({
    name: 'failed-authentication',
    limit: config.FAILED_AUTHENTICATION_LIMIT_PER_MINUTE,
    isTold,
  })
  const slotOf = sourceSlots(randomBytes)
  const slot = (request: FastifyRequest) => slotOf(ipOf(request) ?? '')
  return {
    authenticated(request, reply) {
      if (isUnlimited(request)) return undefined
      return byCredential.take(request.authority.credential.id, reply)
    },
    signIn(request, reply, done) {
      const { countsAsSignIn, countsBySource } = request.routeOptions.config
      if (!countsAsSignIn && !countsBySource) return done()
      const counting = countsAsSignIn ? bySignIn : bySource
      counting.take(slot(request), reply).then(() => done(), done)
    },
    async failed(error, request, reply) {
      if (isUnlimited(request)) return
      if (!(error instanceof AppError) || error.code !== 'unauthorized') return
      await byFailure.take(slot(request), reply, error.extras.reason)
    },
  }
}

function isUnlimited({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.isUnlimited === true
}
