import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideAccess, namedTenantId } from '../../src/access/decide-access.ts'
import {
  inTenant,
  isAuthenticated,
  isAuthenticatedAbout,
  isOptional,
  isPublic,
  isSession,
  onPlatform,
  onPlatformInSession,
  withinEitherReach,
  withinReach,
  withinReachOrOwn,
} from '../../src/access/declaration.ts'
import { authorityIn } from '../support/worlds.ts'

const id = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
const other = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c12'
/** Names a tenant by every name that a route could take one from, that of no name at all included. */
const everything = `?tenant_id=${other}&id=${other}&undefined=${other}`
const listed = {
  type: 'object',
  properties: { tenant_id: { type: 'array', items: { type: 'string' } } },
}

let app: FastifyInstance

beforeEach(() => {
  app = Fastify()
  const answer = async (request: FastifyRequest) => ({ tenant_id: namedTenantId(request) })
  const aboutOne = { access: isAuthenticatedAbout('tenant_id') }
  app.get('/tenants/:id', { config: { access: inTenant('tenants.read', 'id') } }, answer)
  app.get('/about', { config: aboutOne }, answer)
  app.get('/about/many', { config: aboutOne, schema: { querystring: listed } }, answer)
  const others = {
    public: isPublic,
    optional: isOptional,
    authenticated: isAuthenticated,
    session: isSession,
    platform: onPlatform('roles.read'),
    'platform-in-session': onPlatformInSession('roles.read'),
    reach: withinReach('users.read'),
    'either-reach': withinEitherReach('users.read', 'service_accounts.read'),
    'reach-or-own': withinReachOrOwn('users.read', 'users.create'),
  }
  for (const [name, access] of Object.entries(others)) {
    app.get(`/${name}/:id`, { config: { access } }, answer)
  }
  app.get('/undeclared/:id', answer)
  app.setNotFoundHandler(answer)
})
afterEach(() => app.close())

const tenantOf = async (url: string) => (await app.inject(url)).json().tenant_id

describe('The tenant that a request is about', () => {
  it('is the one in the path of a route that is decided on in it, whatever the query says', async () => {
    expect(await tenantOf(`/tenants/${id}`)).toBe(id)
    expect(await tenantOf(`/tenants/${id}${everything}`)).toBe(id)
  })

  it('is the one in the query of a route that answers for it', async () => {
    expect(await tenantOf(`/about?tenant_id=${id}`)).toBe(id)
    expect(await tenantOf(`/about?id=${other}&undefined=${other}`)).toBeNull()
  })

  it.each([
    'public',
    'optional',
    'authenticated',
    'session',
    'platform',
    'platform-in-session',
    'reach',
    'either-reach',
    'reach-or-own',
    'undeclared',
    'nowhere',
  ])('is none on any other route, whatever path and query say: %s', async (name) => {
    expect(await tenantOf(`/${name}/${other}${everything}`)).toBeNull()
  })

  it('is none where the name is no id, or a list, even of one', async () => {
    expect(await tenantOf('/tenants/any')).toBeNull()
    expect(await tenantOf(`/tenants/${id.toUpperCase()}`)).toBeNull()
    expect(await tenantOf('/about')).toBeNull()
    expect(await tenantOf('/about?tenant_id=')).toBeNull()
    expect(await tenantOf(`/about?tenant_id=${id}&tenant_id=${id}`)).toBeNull()
    expect(await tenantOf(`/about/many?tenant_id=${id}`)).toBeNull()
  })
})

describe('A route that does not declare its access', () => {
  it('lets nobody in, whatever they hold', () => {
    const everything = authorityIn({
      tenants: [],
      scope: ['any'],
      grants: [{ tenant_id: null, permissions: ['*.*'] }],
      token: null,
      blocked: [],
    })
    const request = { routeOptions: { url: '/forgotten', config: {} } } as FastifyRequest
    expect(() => decideAccess(request, everything)).toThrow('/forgotten does not declare')
  })
})
