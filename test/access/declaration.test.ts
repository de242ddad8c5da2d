import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import {
  inTenant,
  isAuthenticated,
  isPublic,
  isSession,
  isSessionOnly,
  onPlatform,
  onPlatformInSession,
  requiredPermission,
  withinReach,
} from '../../src/access/declaration.ts'
import { type GuardOptions, guard } from '../../src/access/guard.ts'

/** Nobody gets past these; the tests below are about routes that ask for nobody. */
const options: GuardOptions = {
  tokenPrefix: 'postern',
  accessTokens: {
    lifetimeSeconds: 0,
    sign: () => Promise.reject(new Error('unused')),
    verify: () => Promise.reject(new Error('unused')),
  },
  readAuthority: () => Promise.reject(new Error('unused')),
  onTokenUsed: () => undefined,
  onAuthenticated: async () => undefined,
}

async function guardedApp() {
  const app = Fastify()
  await app.register(guard, options)
  return app
}

describe('A server', () => {
  it('starts where every route declares its access', async () => {
    const app = await guardedApp()
    app.get('/open', { config: { access: isPublic } }, async () => 'open')
    await app.ready()
    expect((await app.inject('/open')).body).toBe('open')
    await app.close()
  })

  it('refuses to start with a route that declares none, and names it', async () => {
    const app = await guardedApp()
    app.get('/open', { config: { access: isPublic } }, async () => 'open')
    app.post('/forgotten', async () => 'secret')
    await expect(app.ready()).rejects.toThrow('do not declare config.access: POST /forgotten')
  })

  it('names every route that declares none, and no other', async () => {
    const app = await guardedApp()
    app.get('/open', { exposeHeadRoute: false, config: { access: isPublic } }, async () => 'open')
    app.post('/one', async () => 'secret')
    app.delete('/other', async () => 'secret')
    await expect(app.ready()).rejects.toThrow(/config\.access: POST \/one, DELETE \/other$/)
  })

  it('refuses to start with one that hides in a plugin, below a prefix', async () => {
    const app = await guardedApp()
    await app.register(
      async (child) => {
        child.get('/forgotten', { config: {} }, async () => 'secret')
      },
      { prefix: '/deep' },
    )
    await expect(app.ready()).rejects.toThrow('GET /deep/forgotten')
  })

  it('does not listen with such a route either', async () => {
    const app = await guardedApp()
    app.get('/forgotten', async () => 'secret')
    await expect(app.listen({ port: 0 })).rejects.toThrow('GET /forgotten')
    expect(app.server.listening).toBe(false)
  })

  it('shows every route in its table, in the order of registration', async () => {
    const app = await guardedApp()
    app.get('/b', { config: { access: isPublic } }, async () => '')
    app.post('/a', { config: { access: isSession } }, async () => '')
    expect(app.routes.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /b',
      'HEAD /b',
      'POST /a',
    ])
    await app.close()
  })
})

describe('A public route', () => {
  it('has no authority to read, so that it cannot decide by one', async () => {
    const app = await guardedApp()
    app.get('/open', { config: { access: isPublic } }, async ({ authority }) => authority)
    const { statusCode, body } = await app.inject('/open')
    expect(statusCode).toBe(500)
    expect(body).toContain('/open is public and has no authority')
    await app.close()
  })

  it('has nobody for its caller, which is null', async () => {
    const app = await guardedApp()
    app.get('/open', { config: { access: isPublic } }, async ({ optionalAuthority }) => ({
      caller: optionalAuthority,
    }))
    expect((await app.inject('/open')).json()).toEqual({ caller: null })
    await app.close()
  })
})

describe('A declaration', () => {
  it('shuts tokens out where it is of a session, or of the platform in a session, and only there', () => {
    for (const access of [isSession, onPlatformInSession('roles.read')]) {
      expect(isSessionOnly(access)).toBe(true)
    }
    const forTokensToo = [
      isPublic,
      isAuthenticated,
      onPlatform('roles.read'),
      inTenant('tenants.read', 'id'),
      withinReach('users.read'),
    ]
    for (const access of forTokensToo) expect(isSessionOnly(access)).toBe(false)
  })

  it('says which permission it needs, if any', () => {
    expect(requiredPermission(onPlatform('roles.read'))).toBe('roles.read')
    expect(requiredPermission(inTenant('tenants.read', 'id'))).toBe('tenants.read')
    expect(requiredPermission(withinReach('users.read'))).toBe('users.read')
    for (const access of [isPublic, isAuthenticated, isSession]) {
      expect(requiredPermission(access)).toBeNull()
    }
  })
})
