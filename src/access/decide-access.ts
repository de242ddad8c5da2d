import type { FastifyRequest } from 'fastify'
import { sessionRequired } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { isSessionOnly } from './declaration.ts'
import { builtIn } from './permissions.ts'
import { isEmpty, reachOf } from './reach.ts'
import {
  requireInTenant,
  requirePermission,
  requireReach,
  requireReachOrRevival,
} from './require.ts'
import { isUuid } from './scope.ts'

/**
 * The decision at the door: may this authority call the route that the request is for? Throws what answers
 * if not, and tells the operation where it may act (`request.reach`).
 */
export function decideAccess(request: FastifyRequest, authority: Authority): void {
  const { access } = request.routeOptions.config
  // No server starts with such a route. If one came to be all the same, nobody may call it.
  if (access === undefined)
    throw new Error(`${request.routeOptions.url} does not declare its access`)
  if (isSessionOnly(access) && authority.credential.kind !== 'session') throw sessionRequired()
  switch (access.kind) {
    case 'platform':
      requirePermission(authority, builtIn(access.permission), null)
      return
    case 'tenant': {
      requireInTenant(authority, builtIn(access.permission), authority.named_tenant)
      return
    }
    case 'reach':
      request.reach = access.revival
        ? requireReachOrRevival(authority, builtIn(access.permission), builtIn(access.revival))
        : requireReach(authority, builtIn(access.permission))
      return
    case 'either_reach':
      request.reach = reachOf(authority, builtIn(access.permission))
      request.account_reach = reachOf(authority, builtIn(access.over_accounts))
      if (isEmpty(request.account_reach)) requireReach(authority, builtIn(access.permission))
      return
    case 'reach_or_own':
      request.reach = reachOf(authority, builtIn(access.permission))
      request.own_reach = reachOf(authority, builtIn(access.over_own))
      if (isEmpty(request.own_reach)) requireReach(authority, builtIn(access.permission))
  }
}

/** The tenant that a request is about: on a route that is decided on in it, or that answers for it. */
export function namedTenantId(request: FastifyRequest): string | null {
  const id = named(request)
  return typeof id === 'string' && isUuid(id) ? id : null
}

function named({ routeOptions, params, query }: FastifyRequest): unknown {
  const { access } = routeOptions.config
  if (access?.kind === 'tenant') return (params as Record<string, unknown>)[access.param]
  if (access?.kind !== 'authenticated' || access.about === undefined) return null
  return (query as Record<string, unknown>)[access.about]
}
