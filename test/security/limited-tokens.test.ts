import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSessionOnly, requiredPermission } from '../../src/access/declaration.ts'
import type { GivenToken, Person } from '../support/given.ts'
import { type ApiOperation, operationsOf, pathOf } from '../support/operations.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
const operations = operationsOf(server.app)
let owner: Person
let tenant: { id: string }
let names: string[]

beforeAll(async () => {
  const { given, database } = server
  names = (await database.sql<{ name: string }>('SELECT name FROM permissions')).map(
    ({ name }) => name,
  )
  tenant = await given.tenant()
  owner = await given.person({ tenants: ['any'], grants: [{ role: 'admin' }] })
})
afterAll(() => server.close())

const tokenWith = (permissions: string[]) =>
  server.given.token(owner.id, { permissions, tenants: ['any'] })

/** A call that would be well formed, on things of the tenant where there are such, else on unknown ones. */
function callAs(operation: ApiOperation, { as }: GivenToken) {
  const params = Object.fromEntries(operation.params.map((param) => [param, uuidv7()]))
  if (operation.url.startsWith('/api/v1/tenants/:id')) params['id'] = tenant.id
  const body = operation.exampleBody === undefined ? {} : { body: operation.exampleBody }
  return server.call(operation.method, pathOf(operation, params), { as, ...body })
}

describe('A token that stores less than its owner holds', () => {
  const byPermission = operations.filter(({ access }) => requiredPermission(access))

  it.each(byPermission.filter(({ access }) => !isSessionOnly(access)))(
    'CVE-2025-68941: is refused by $name with all permissions but the needed one',
    async (operation) => {
      const { access } = operation
      const needed = requiredPermission(access)
      const opening = [
        needed,
        'over_accounts' in access ? access.over_accounts : null,
        'over_own' in access ? access.over_own : null,
      ]
      const token = await tokenWith(names.filter((name) => !opening.includes(name as never)))
      const before = await server.traces()
      const { status, body } = await callAs(operation, token)
      expect([status, body.details]).toMatchObject([
        403,
        { permission: needed, leg: 'token_permission' },
      ])
      expect(await server.traces()).toEqual(before)
    },
  )

  // By hand alone: what the words of a path say it is about, so that a new operation is asked the moment it exists.
  const ofSignIn =
    /\/(auth|password\w*|sessions|totp|passkeys|recovery-codes|second-factors|external-identities|identity-providers|end-credentials)(\/|$)/
  const byHand = operations.filter(({ url, method }) => method !== 'GET' && ofSignIn.test(url))

  it('changes no password, no session and no second factor: such operations take a session, or no credential', () => {
    expect(byHand.length).toBeGreaterThan(30)
    const open = byHand.filter(
      ({ access }) => !isSessionOnly(access) && !['public', 'optional'].includes(access.kind),
    )
    expect(open.map(({ name }) => name)).toEqual([])
  })

  // A request for more tokens gives nothing, and may be made by any credential (docs/adr/0019).
  const changingOneself = operations.filter(
    ({ url, method, operationId }) =>
      url.startsWith('/api/v1/me') && method !== 'GET' && operationId !== 'requestTokenLimit',
  )

  it.each(changingOneself)(
    'CVE-2026-24791: changes nothing of its owner by $name',
    async (operation) => {
      const token = await tokenWith(['tenants.read'])
      const before = await server.traces()
      expect((await callAs(operation, token)).status).toBe(403)
      expect(await server.traces()).toEqual(before)
    },
  )

  it('CVE-2026-24791: sees of its owner what it may do itself, and of the other tokens nothing secret', async () => {
    const token = await tokenWith(['tenants.read'])
    const { body } = await server.call('GET', '/me', { as: token.as })
    expect(body.authority).toEqual([{ tenant_id: 'any', permissions: ['tenants.read'] }])
    const asked = await server.call('GET', '/me/authority?permission=roles.write', { as: token.as })
    expect(asked.body).toMatchObject({ allowed: false, leg: 'token_permission' })
  })

  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer   '])(
    'CVE-2026-28744: is as limited when presented with %j',
    async (scheme) => {
      const { as } = await tokenWith(['tenants.read'])
      const headers = { authorization: `${scheme} ${as}` }
      expect((await server.call('GET', '/tenants', { headers })).status).toBe(200)
      expect((await server.call('GET', '/users', { headers })).status).toBe(403)
    },
  )

  it('CVE-2026-28744: is nobody when presented in another way, which would have rules of its own', async () => {
    const { as } = await tokenWith(['tenants.read'])
    const basic = [`${as}:`, `:${as}`, `${owner.email}:${as}`, `x-oauth-basic:${as}`]
    for (const pair of basic) {
      const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
      expect((await server.call('GET', '/tenants', { headers: { authorization } })).status).toBe(
        401,
      )
    }
    const login = { body: { email: owner.email, password: as } }
    expect((await server.call('POST', '/auth/login', login)).status).toBe(401)
  })

  it('GHSA-5vvm-67pj-72g4: meets the same check at every door to an operation', async () => {
    const token = await tokenWith(['tenants.read'])
    const doors = [
      '/users',
      '/users/',
      '//api/v1//users',
      '/Users',
      '/%75sers',
      '/users?x=1',
      '/users;a=1',
      '/./users',
      '/tenants/../users',
    ]
    for (const path of doors) {
      const full = path.startsWith('//') ? `/${path}` : path
      for (const method of ['GET', 'HEAD']) {
        const { status } = await server.call(method, full, { as: token.as })
        expect([path, [400, 403, 404].includes(status)]).toEqual([path, true])
      }
    }
    for (const header of ['x-http-method-override', 'x-method-override']) {
      const { status } = await server.call('GET', '/users', {
        as: token.as,
        headers: { [header]: 'POST' },
      })
      expect(status).toBe(403)
    }
  })

  it('CVE-2026-32716: with a permission holds none whose name only begins alike', async () => {
    const { given, call } = server
    const permissions = ['policies.read', 'policies.readall', 'policy.read', 'policies_x.read']
    for (const name of permissions) {
      await call('POST', '/permissions', { as: owner.as, body: { name, description: '' } })
    }
    const holder = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['policies.read'], tenant_id: tenant.id }],
    })
    const token = await given.token(holder.id, {
      permissions: ['policies.read'],
      tenants: [tenant.id],
    })
    for (const as of [holder.as, token.as]) {
      const allowed = []
      for (const name of permissions) {
        const query = `permission=${name}&tenant_id=${tenant.id}`
        const { body } = await call('GET', `/me/authority?${query}`, { as })
        if (body.allowed) allowed.push(name)
      }
      expect(allowed).toEqual(['policies.read'])
    }
  })
})
