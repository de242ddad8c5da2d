import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoritySubject } from '../../src/access/authority-reader.ts'
import {
  inTenant,
  isAuthenticated,
  isOptional,
  isPublic,
  isSession,
  onPlatform,
  onPlatformInSession,
  withinEitherReach,
  withinReach,
  withinReachOrOwn,
  withinReachOrRevival,
} from '../../src/access/declaration.ts'
import { guard } from '../../src/access/guard.ts'
import { generateToken, hexHashOf } from '../../src/access/token.ts'
import { unauthorized, unavailable } from '../../src/http/errors.ts'
import { mixin } from '../../src/http/logging.ts'
import { authorityIn, type World } from '../support/worlds.ts'

const id = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
const tenant = { id, type: 'test', status: 'active' } as const
const token = generateToken('postern', 'pat', randomBytes)
const jwt = 'a.b.c'

/** Reads tenants in the one that there is, and roles on the platform. */
const holder: World = {
  tenants: [tenant],
  scope: [id],
  grants: [{ tenant_id: null, permissions: ['tenants.read', 'roles.read'] }],
  token: { permissions: ['tenants.read', 'roles.read'], tenants: [id] },
  blocked: [],
}

/** What is read: one world for each read, the last one for all that follow; or a fault. */
let worlds: (World | Error)[]
let reads: [AuthoritySubject, string | null][]
let used: [string, string | null][]
let authenticated: string[]
let app: FastifyInstance
let lines: string[]

beforeEach(async () => {
  worlds = [holder]
  reads = []
  used = []
  authenticated = []
  lines = []
  app = Fastify({ logger: { mixin, stream: { write: (line: string) => lines.push(line) } } })
  await app.register(guard, {
    tokenPrefix: 'postern',
    accessTokens: {
      lifetimeSeconds: 0,
      sign: async () => jwt,
      verify: async () => ({ user_id: 'ada', session_id: 'one' }),
    },
    async readAuthority(subject, tenantId) {
      reads.push([subject, tenantId])
      const next = worlds.length > 1 ? worlds.shift() : worlds[0]
      if (next instanceof Error || next === undefined) throw next
      const isSession = subject.kind === 'session'
      return {
        ...authorityIn({ ...next, token: isSession ? null : next.token }),
        named_tenant: next.tenants.find(({ id }) => id === tenantId) ?? null,
      }
    },
    onTokenUsed: (...use) => void used.push(use),
    onAuthenticated: async ({ authority }) => void authenticated.push(authority.credential.kind),
  })
  const authority = async ({ authority }: { authority: unknown }) => authority
  app.get('/public', { config: { access: isPublic } }, async () => 'public')
  app.get('/open', { config: { access: isAuthenticated } }, async (request) => {
    request.log.info('served')
    return request.authority
  })
  app.post('/open', { config: { access: isAuthenticated } }, authority)
  app.get('/session', { config: { access: isSession } }, authority)
  app.post('/session', { config: { access: isSession } }, authority)
  app.get('/roles', { config: { access: onPlatform('roles.read') } }, authority)
  app.post('/roles', { config: { access: onPlatform('roles.read') } }, authority)
  app.get('/tenants/:id', { config: { access: inTenant('tenants.read', 'id') } }, authority)
  app.get(
    '/tenants',
    { config: { access: withinReach('tenants.read') } },
    async ({ reach }) => reach,
  )
  const reaches = async (request: FastifyRequest) => ({
    reach: request.reach,
    other_reach: request.account_reach ?? request.own_reach ?? null,
  })
  const either = withinEitherReach('tenants.read', 'users.read')
  app.get('/either', { config: { access: either } }, reaches)
  const own = withinReachOrOwn('tenants.read', 'users.read')
  app.get('/own', { config: { access: own } }, reaches)
  const revival = withinReachOrRevival('tenants.read', 'roles.read')
  app.get('/revival', { config: { access: revival } }, reaches)
  const inSession = onPlatformInSession('roles.read')
  app.get('/roles/in-session', { config: { access: inSession } }, authority)
  app.post('/optional', { config: { access: isOptional } }, async (request) => ({
    authority: request.optionalAuthority?.credential.kind ?? null,
  }))
})
afterEach(() => app.close())

type Options = { as?: string; headers?: Record<string, string>; body?: string }

async function call(method: 'GET' | 'POST' | 'HEAD', url: string, options: Options = {}) {
  const { as = token, headers = {}, body } = options
  const authorization = as && { authorization: `Bearer ${as}` }
  const answer = await app.inject({
    method,
    url,
    headers: { ...authorization, ...headers },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.body }
}
const statusOf = async (...args: Parameters<typeof call>) => (await call(...args)).status

describe('The way in', () => {
  it('reads the authority of what was presented, and hands it to the operation', async () => {
    const { status, body } = await call('GET', '/open')
    expect([status, JSON.parse(body).owner.id]).toEqual([200, 'owner'])
    expect(reads).toEqual([[{ kind: 'token_hash', token_hash: hexHashOf(token) }, null]])
    reads = []
    expect(await statusOf('GET', '/open', { as: jwt })).toBe(200)
    expect(reads).toEqual([[{ kind: 'session', user_id: 'ada', session_id: 'one' }, null]])
  })

  it('tells of each use of a token, from where, and of no session', async () => {
    await call('GET', '/open')
    expect(used).toEqual([['credential', '127.0.0.1']])
    await call('GET', '/open', { as: jwt })
    expect(used).toHaveLength(1)
  })

  it('tells once of each request whose credential is good, whatever is decided then', async () => {
    await call('POST', '/roles')
    await call('POST', '/session')
    await call('POST', '/optional', { as: jwt })
    expect(authenticated).toEqual(['personal_access_token', 'personal_access_token', 'session'])
    worlds = [unauthorized('bad')]
    await call('GET', '/open')
    await call('POST', '/optional', { headers: { cookie: 'a=b' } })
    await call('GET', '/public')
    expect(authenticated).toHaveLength(3)
  })

  it('writes the credential into each line that follows', async () => {
    await call('GET', '/open')
    const line = lines.find((one) => one.includes('served')) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({ credential_id: 'credential' })
  })

  it('is there by its name for plugins that must not do without it', async () => {
    await app.register(fp(async () => undefined, { dependencies: ['guard'] }))
    await expect(app.ready()).resolves.toBeDefined()
  })

  it('reads nothing for what is public, not there, or of no form', async () => {
    expect(await statusOf('GET', '/public', { as: 'nonsense' })).toBe(200)
    expect(await statusOf('GET', '/nothing', { as: 'nonsense' })).toBe(404)
    expect(await statusOf('GET', '/open', { as: 'nonsense' })).toBe(401)
    expect(await statusOf('GET', '/open', { as: '' })).toBe(401)
    expect(reads).toEqual([])
  })

  it('answers 401 and 403 before it looks at the body', async () => {
    const broken = { body: '{"broken":', headers: { 'content-type': 'application/json' } }
    expect(await statusOf('POST', '/open', { ...broken, as: 'nonsense' })).toBe(401)
    expect(await statusOf('POST', '/session', broken)).toBe(403)
    expect(await statusOf('POST', '/open', broken)).toBe(400)
  })

  it('looks again when the body is in, where something changes, and only there', async () => {
    worlds = [holder, { ...holder, grants: [] }]
    expect(await statusOf('POST', '/roles')).toBe(403)
    expect(reads).toHaveLength(2)
    for (const method of ['GET', 'HEAD'] as const) {
      worlds = [holder, { ...holder, grants: [] }]
      reads = []
      expect(await statusOf(method, '/roles')).toBe(200)
      expect(reads).toHaveLength(1)
    }
  })
})

describe('The decision at the door', () => {
  it('lets a session do what only a session may', async () => {
    expect(await statusOf('GET', '/session', { as: jwt })).toBe(200)
    expect(await statusOf('GET', '/session')).toBe(403)
  })

  it('needs a platform permission on the platform', async () => {
    expect(await statusOf('GET', '/roles')).toBe(200)
    worlds = [{ ...holder, grants: [{ tenant_id: id, permissions: ['*.*'] }] }]
    expect(await statusOf('GET', '/roles')).toBe(403)
  })

  it('needs a tenant permission in the tenant that the path names', async () => {
    expect(await statusOf('GET', `/tenants/${id}`)).toBe(200)
    expect(reads[0]?.[1]).toBe(id)
    worlds = [{ ...holder, grants: [] }]
    expect(await statusOf('GET', `/tenants/${id}`)).toBe(403)
  })

  it('answers 404 for a tenant that is unknown, or no id, which is not even looked up', async () => {
    expect(await statusOf('GET', `/tenants/${id.replace('0', '1')}`)).toBe(404)
    reads = []
    expect(await statusOf('GET', `/tenants/${id.toUpperCase()}`)).toBe(404)
    expect(await statusOf('GET', '/tenants/any')).toBe(404)
    expect(reads.map(([, tenantId]) => tenantId)).toEqual([null, null])
  })

  it('hands on where a permission is held, or refuses where it is held nowhere', async () => {
    const { body } = await call('GET', '/tenants')
    expect(JSON.parse(body)).toMatchObject({ any: false, tenants: [tenant] })
    worlds = [{ ...holder, scope: [] }]
    expect(await statusOf('GET', '/tenants')).toBe(403)
  })

  it('needs a session besides the permission where a token may never do it', async () => {
    expect(await statusOf('GET', '/roles/in-session', { as: jwt })).toBe(200)
    expect(await statusOf('GET', '/roles/in-session')).toBe(403)
    worlds = [{ ...holder, grants: [] }]
    expect(await statusOf('GET', '/roles/in-session', { as: jwt })).toBe(403)
  })

  it.each(['/either', '/own'])(
    'hands on two reaches where either permission will do: %s',
    async (path) => {
      const either = async (...permissions: string[]) => {
        worlds = [{ ...holder, token: null, grants: [{ tenant_id: null, permissions }] }]
        const { status, body } = await call('GET', path, { as: jwt })
        if (status !== 200) return status
        const { reach, other_reach } = JSON.parse(body)
        return [reach.tenants.length, other_reach.tenants.length]
      }
      expect(await either('tenants.read')).toEqual([1, 0])
      expect(await either('users.read')).toEqual([0, 1])
      expect(await either('tenants.read', 'users.read')).toEqual([1, 1])
      expect(await either('roles.read')).toBe(403)
    },
  )

  it('hands on an empty reach to who may bring tenants back, and to nobody else', async () => {
    const asleep: World = { ...holder, tenants: [{ ...tenant, status: 'suspended' }] }
    worlds = [asleep]
    const { status, body } = await call('GET', '/revival')
    expect([status, JSON.parse(body).reach.tenants]).toEqual([200, []])
    expect(await statusOf('GET', '/tenants')).toBe(403)
    worlds = [{ ...asleep, grants: [{ tenant_id: null, permissions: ['tenants.read'] }] }]
    expect(await statusOf('GET', '/revival')).toBe(403)
  })
})

describe('A credential that is optional', () => {
  const cookie = { headers: { cookie: 'a=b' } }
  const bad = unauthorized('bad')

  it('is used where it is good', async () => {
    expect((await call('POST', '/optional')).body).toBe('{"authority":"personal_access_token"}')
    expect((await call('POST', '/optional', { as: jwt })).body).toBe('{"authority":"session"}')
  })

  it('is as absent where it is bad and a cookie may do instead', async () => {
    worlds = [bad]
    expect((await call('POST', '/optional', cookie)).body).toBe('{"authority":null}')
    expect((await call('POST', '/optional', { ...cookie, as: '' })).body).toBe('{"authority":null}')
    expect(await statusOf('POST', '/optional')).toBe(401)
    expect(await statusOf('POST', '/optional', { as: '' })).toBe(401)
  })

  it('is no way around a fault', async () => {
    worlds = [unavailable('down')]
    expect(await statusOf('POST', '/optional', cookie)).toBe(503)
    worlds = [new Error('broken')]
    expect(await statusOf('POST', '/optional', cookie)).toBe(500)
  })
})
