import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const ask = (as: string | null, query: string, method = 'GET') =>
  server.call(method, `/authorize${query}`, { as })

async function holder() {
  const { given } = server
  const [a, b] = [await given.tenant(), await given.tenant()]
  const grants = [{ permissions: ['users.read', 'roles.read'] }]
  const owner = await given.person({ tenants: [a.id, b.id], grants })
  const permissions = ['users.read', 'roles.read', 'audit.read']
  const token = await given.token(owner.id, { permissions, tenants: [a.id] })
  return { a, b, owner, token }
}

const headersOf = ({ headers }: Awaited<ReturnType<typeof ask>>) =>
  ['user-id', 'credential-id', 'tenant-id'].map((name) => headers.get(`x-postern-${name}`))

describe('GET /authorize 204', () => {
  it('says in headers who may, with which credential and where', async () => {
    const { a, owner, token } = await holder()
    const answer = await ask(token.as, `?permission=users.read&tenant_id=${a.id}`)
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' })
    expect(headersOf(answer)).toEqual([owner.id, token.id, a.id])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('is for platform permissions, for a tenant alone and for the credential alone too', async () => {
    const { a, b, owner, token } = await holder()
    const platform = await ask(token.as, '?permission=roles.read')
    expect([platform.status, ...headersOf(platform)]).toEqual([204, owner.id, token.id, null])
    expect((await ask(token.as, `?tenant_id=${a.id}`)).status).toBe(204)
    expect((await ask(token.as, `?tenant_id=${b.id}`)).status).toBe(403)
    expect((await ask(token.as, '')).status).toBe(204)
    expect(headersOf(await ask(owner.as, ''))).toEqual([owner.id, owner.session_id, null])
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])(
    'answers %s alike, for gateways that ask with the method that they hold back',
    async (method) => {
      const { a, token } = await holder()
      const allowed = `?permission=users.read&tenant_id=${a.id}`
      expect((await ask(token.as, allowed, method)).status).toBe(204)
      expect((await ask(null, allowed, method)).status).toBe(401)
      const refused = await ask(token.as, `?permission=audit.read&tenant_id=${a.id}`, method)
      expect(refused.status).toBe(403)
    },
  )
})

describe('GET /authorize refuses', () => {
  it('with 403 and the leg, as GET /me/authority tells it', async () => {
    const { a, b, token } = await holder()
    const cases = [
      [`permission=audit.read&tenant_id=${a.id}`, 'owner_permission'],
      [`permission=imports.run&tenant_id=${a.id}`, 'token_permission'],
      [`permission=users.read&tenant_id=${b.id}`, 'token_tenant'],
      [`permission=users.read&tenant_id=${uuidv7()}`, 'token_tenant'],
    ]
    for (const [query, leg] of cases) {
      const { status, body, headers } = await ask(token.as, `?${query}`)
      expect({ query, status, leg: body.details.leg }).toEqual({ query, status: 403, leg })
      expect(headers.get('x-postern-user-id')).toBeNull()
      const told = await server.call('GET', `/me/authority?${query}`, { as: token.as })
      expect(told.body).toMatchObject({ allowed: false, leg })
    }
  })

  it.each([
    ['a permission that is not registered', '?permission=policies.quote', 'permission'],
    ['a tenant permission without a tenant', '?permission=users.read', 'tenant_id'],
    ['a tenant that is no id', '?tenant_id=acme', 'tenant_id'],
    ['a parameter that is not known', '?scope=users.read', 'scope'],
  ])('with 400 a gateway that asks with %s', async (_, query, field) => {
    const { token } = await holder()
    const { status, body } = await ask(token.as, query)
    expect({ status, field: body.errors[0].field }).toEqual({ status: 400, field })
  })
})
