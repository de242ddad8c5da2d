import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, systemPrincipal, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const get = (as: string, user: string, token: string) =>
  server.call('GET', `/users/${user}/tokens/${token}`, { as })

const reader = (tenants: string[], permissions = ['tokens.read']) =>
  server.given.person({ tenants, grants: [{ permissions }] })

const permissions = ['audit.read', 'users.read']

/** Someone who holds users.read in A and B, with a token that stores more. */
async function world() {
  const { given } = server
  const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
  const owner = await given.person({ tenants: [a, b], grants: [{ permissions: ['users.read'] }] })
  const token = await given.token(owner.id, { permissions, tenants: [a, b] })
  return { a, b, owner, token }
}

describe('GET /users/{id}/tokens/{token_id} 200', () => {
  it('shows what is stored beside what is effective and dormant, where the caller has a say', async () => {
    const { a, b, owner, token } = await world()

    const { status, body, text } = await get((await reader([a])).as, owner.id, token.id)

    expect(status).toBe(200)
    expect(body).toMatchObject({ id: token.id, permissions, tenants: [a], status: 'active' })
    expect(body.authority).toEqual([{ tenant_id: a, permissions: ['users.read'] }])
    expect(body.dormant).toEqual([
      { permission: 'audit.read', tenant_id: a, leg: 'owner_permission' },
    ])
    expect(text).not.toContain(b)
    expect(body).not.toHaveProperty('token')
    expect(body).not.toHaveProperty('token_hash')
  })

  it('shows all of it to a holder of both tenants', async () => {
    const { a, b, owner, token } = await world()

    const { body } = await get((await reader([a, b])).as, owner.id, token.id)

    expect(body.tenants.sort()).toEqual([a, b].sort())
    expect(body.authority).toHaveLength(2)
    expect(body.dormant).toHaveLength(2)
  })

  it('hides the tenants behind a word, and the blocks of the others', async () => {
    const { given, database } = server
    const { a, b, owner } = await world()
    const token = await given.token(owner.id, { permissions, tenants: ['any'] })
    await database.sql(
      "INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'test', $3)",
      [token.id, b, owner.id],
    )

    const { body, text } = await get((await reader([a])).as, owner.id, token.id)

    expect(body.tenants).toEqual(['any'])
    expect(body.authority).toEqual([{ tenant_id: a, permissions: ['users.read'] }])
    expect(text).not.toContain(b)
    expect(text).not.toContain('tenant_block')
  })

  it('shows the operator of a service account its token', async () => {
    const { given } = server
    const a = (await given.tenant()).id
    const account = await given.serviceAccount([a])
    await given.grant(account, { permissions: ['users.read'] })
    const token = await given.token(account, { permissions, tenants: [a] })

    const operator = await reader([a], ['service_accounts.tokens'])
    const { body } = await get(operator.as, account, token.id)

    expect(body.authority).toEqual([{ tenant_id: a, permissions: ['users.read'] }])
  })

  it('shows a token that ended as one that holds nothing', async () => {
    const { given } = server
    const { a, owner } = await world()
    const token = await given.token(owner.id, { permissions, tenants: [a], revoked: true })

    const { body } = await get((await reader([a])).as, owner.id, token.id)

    expect(body).toMatchObject({ status: 'revoked', authority: [], dormant: [] })
  })
})

describe('GET /users/{id}/tokens/{token_id} 404', () => {
  it('gives one answer for a token elsewhere, of another owner, of the system, and ids of nothing', async () => {
    const { given } = server
    const { a, b, owner, token } = await world()
    const elsewhere = await given.token(owner.id, { tenants: [b] })
    const colleague = await given.person({ tenants: [a] })
    const system = await given.systemToken()
    const { as } = await reader([a])
    const bodies = []
    for (const [user, id] of [
      [owner.id, elsewhere.id],
      [colleague.id, token.id],
      [owner.id, system.id],
      [systemPrincipal, system.id],
      ...idsOfNothing.flatMap((id) => [
        [owner.id, id],
        [id, token.id],
      ]),
    ] as [string, string][]) {
      const { status, body } = await get(as, user, id)
      expect({ user, id, status }).toEqual({ user, id, status: 404 })
      bodies.push(JSON.stringify(withoutId(body)))
    }
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('PUT and PATCH /users/{id}/tokens/{token_id} 405', () => {
  it.each(['PUT', 'PATCH'])(
    '%s tells to delete and create, and changes nothing',
    async (method) => {
      const { call, given } = server
      const { owner, token } = await world()
      const { as } = await given.admin()
      const before = await server.traces()

      const path = `/users/${owner.id}/tokens/${token.id}`
      const { status, body, headers } = await call(method, path, { as, body: { name: 'other' } })

      expect({ status, error: body.error }).toEqual({ status: 405, error: 'method_not_allowed' })
      expect(headers.get('allow')).toBe('DELETE, GET, HEAD')
      expect(body.message).toMatch(/delete it and create another/)
      expect(await server.traces()).toEqual(before)
    },
  )
})
