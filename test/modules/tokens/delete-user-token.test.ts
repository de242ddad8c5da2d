import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused, systemPrincipal, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const pathOf = (user: string, token: string) => `/users/${user}/tokens/${token}`
const remove = (as: string, user: string, token: string, query = '') =>
  server.call('DELETE', pathOf(user, token) + query, { as })

const works = async (as: string) => (await server.call('GET', '/me', { as })).status === 200

const revoker = (tenants: string[], permissions = ['tokens.revoke']) =>
  server.given.person({ tenants, grants: [{ permissions }] })

/** Someone in the test tenants A and B, with a token that stores these entries. */
async function world(stored: (a: string, b: string) => string[] = (a, b) => [a, b]) {
  const { given } = server
  const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
  const owner = await given.person({ tenants: [a, b] })
  const token = await given.token(owner.id, { tenants: stored(a, b), name: 'CI' })
  return { a, b, owner, token }
}

describe('DELETE /users/{id}/tokens/{token_id} 204', () => {
  it.each<[string, (a: string, b: string) => string[], (a: string, b: string) => string[]]>([
    ['of both tenants', (a, b) => [a, b], (a, b) => [a, b]],
    ['of every tenant', (a, b) => [a, b], () => ['any']],
    ['of their type', (a, b) => [a, b], () => ['type:test']],
    ['of the word that it stores', () => ['type:test'], () => ['type:test']],
    ['of every tenant, over a word', () => ['any', 'type:production'], () => ['any']],
    ['of every tenant, over a token that stores none', () => [], () => ['any']],
  ])('ends a token at once for a holder of tokens.revoke %s', async (_, stored, held) => {
    const { a, b, owner, token } = await world(stored)
    expect(await works(token.as)).toBe(true)

    const { status, text } = await remove((await revoker(held(a, b))).as, owner.id, token.id)

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await works(token.as)).toBe(false)
  })

  it('leaves a tombstone with the reason, which the owner sees', async () => {
    const { a, b, owner, token } = await world()
    const caller = await revoker([a, b])

    await remove(caller.as, owner.id, token.id, '?reason=Found+in+a+public+repository')

    const { body } = await server.call('GET', `/me/tokens/${token.id}`, { as: owner.as })
    expect(body).toMatchObject({
      status: 'revoked',
      revoked_by: caller.id,
      revoked_reason: 'Found in a public repository',
    })
  })

  it('counts a suspended tenant as held by who would hold it if it were active', async () => {
    const { given } = server
    const [a, asleep] = [await given.tenant(), await given.tenant('test', 'suspended')]
    const tenants = [a.id, asleep.id]
    const owner = await given.person({ tenants })
    const token = await given.token(owner.id, { tenants })

    const { body } = await refused(server, 'DELETE', pathOf(owner.id, token.id), {
      as: (await revoker([a.id])).as,
    })
    expect(body.details).toMatchObject({ tenant_id: null, leg: 'owner_tenant' })
    expect((await remove((await revoker(tenants)).as, owner.id, token.id)).status).toBe(204)
  })

  it('ends a token of a suspended tenant alone for who reaches every tenant', async () => {
    const { given } = server
    const asleep = (await given.tenant('test', 'suspended')).id
    const owner = await given.person({ tenants: [asleep] })
    const token = await given.token(owner.id, { tenants: [asleep] })

    expect((await remove((await revoker([asleep])).as, owner.id, token.id)).status).toBe(403)
    expect((await remove((await revoker(['any'])).as, owner.id, token.id)).status).toBe(204)
  })

  it('lets the operators of a service account end its tokens, and what tokens.revoke covers counts too', async () => {
    const { given } = server
    const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
    const account = await given.serviceAccount([a, b])
    const [first, second] = [
      await given.token(account, { tenants: [a, b] }),
      await given.token(account, { tenants: [a, b] }),
    ]
    const operator = await revoker([a, b], ['service_accounts.tokens'])
    const mixed = await given.person({
      tenants: [a, b],
      grants: [
        { permissions: ['service_accounts.tokens'], tenant_id: a },
        { permissions: ['tokens.revoke'], tenant_id: b },
      ],
    })

    expect((await remove(operator.as, account, first.id)).status).toBe(204)
    expect((await remove(mixed.as, account, second.id)).status).toBe(204)
    expect([await works(first.as), await works(second.as)]).toEqual([false, false])
  })

  it('asks an operator for all tenants of the account where its token stores none', async () => {
    const { given } = server
    const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
    const account = await given.serviceAccount([a, b])
    const token = await given.token(account, { tenants: [] })
    const operator = (tenants: string[]) => revoker(tenants, ['service_accounts.tokens'])

    const { status } = await refused(server, 'DELETE', pathOf(account, token.id), {
      as: (await operator([a])).as,
    })
    expect(status).toBe(403)
    expect((await remove((await operator([a, b])).as, account, token.id)).status).toBe(204)
  })

  it('is done by a token, too, of someone else who may', async () => {
    const { a, b, owner, token } = await world()
    const caller = await revoker([a, b])
    const calling = await server.given.token(caller.id, {
      permissions: ['tokens.revoke'],
      tenants: [a, b],
    })

    expect((await remove(calling.as, owner.id, token.id)).status).toBe(204)
  })
})

describe('DELETE /users/{id}/tokens/{token_id} 403', () => {
  it('refuses a holder in one of two stored tenants, and does not name the other', async () => {
    const { a, b, owner, token } = await world()
    const { as } = await revoker([a])

    const { status, body, text } = await refused(server, 'DELETE', pathOf(owner.id, token.id), {
      as,
    })

    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tokens.revoke',
      tenant_id: null,
      leg: 'owner_tenant',
    })
    expect(text).not.toContain(b)
    expect(await works(token.as)).toBe(true)
  })

  it('names the other to a caller who is in it without the permission', async () => {
    const { a, b, owner, token } = await world()
    const caller = await server.given.person({
      tenants: [a, b],
      grants: [{ permissions: ['tokens.revoke'], tenant_id: a }],
    })

    const { body } = await refused(server, 'DELETE', pathOf(owner.id, token.id), { as: caller.as })

    expect(body.details).toEqual({
      permission: 'tokens.revoke',
      tenant_id: b,
      leg: 'owner_permission',
    })
  })

  it.each<[string, (a: string) => string, string]>([
    ['a tenant behind it', (a) => a, 'type:test'],
    ['a word behind it', () => 'type:test', 'any'],
  ])('refuses a word to who holds %s', async (_, held, word) => {
    const { a, owner, token } = await world(() => [word])

    const { status, body } = await refused(server, 'DELETE', pathOf(owner.id, token.id), {
      as: (await revoker([held(a)])).as,
    })

    expect(status).toBe(403)
    expect(body.details).toMatchObject({ tenant_id: word, leg: 'owner_tenant' })
  })

  it('refuses a calling token that one of the tenants has blocked', async () => {
    const { given, database } = server
    const { a, owner, token } = await world(() => ['any'])
    const admin = await given.admin()
    const calling = await given.token(admin.id, {
      permissions: ['tokens.revoke'],
      tenants: ['any'],
    })
    await database.sql(
      "INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'test', $3)",
      [calling.id, a, admin.id],
    )

    const { body } = await refused(server, 'DELETE', pathOf(owner.id, token.id), { as: calling.as })

    expect(body.details).toMatchObject({ tenant_id: 'any', leg: 'tenant_block' })
  })

  it('refuses a token its own end and that of its siblings, whatever it may', async () => {
    const { given } = server
    const owner = await given.admin()
    const everywhere = { permissions: ['tokens.revoke'], tenants: ['any'] }
    const [token, sibling] = [
      await given.token(owner.id, everywhere),
      await given.token(owner.id, everywhere),
    ]
    for (const { id } of [token, sibling]) {
      const path = pathOf(owner.id, id)
      const { status, body, headers } = await refused(server, 'DELETE', path, { as: token.as })
      expect({ status, error: body.error }).toEqual({ status: 403, error: 'forbidden' })
      expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    }
  })

  it('refuses a service account its own siblings, though it operates accounts', async () => {
    const { given } = server
    const a = (await given.tenant()).id
    const account = await given.serviceAccount([a])
    const permissions = ['service_accounts.tokens', 'tokens.revoke']
    await given.grant(account, { permissions })
    const token = await given.token(account, { permissions, tenants: [a] })
    const sibling = await given.token(account, { tenants: [a] })

    const path = pathOf(account, sibling.id)
    expect((await refused(server, 'DELETE', path, { as: token.as })).status).toBe(403)
  })
})

describe('DELETE /users/{id}/tokens/{token_id} 404', () => {
  it('answers a second delete, and writes nothing', async () => {
    const { a, b, owner, token } = await world()
    const { as } = await revoker([a, b])
    await remove(as, owner.id, token.id)

    expect((await refused(server, 'DELETE', pathOf(owner.id, token.id), { as })).status).toBe(404)
  })

  it('gives one answer for what is elsewhere, of another owner, of the system, and ids of nothing', async () => {
    const { given } = server
    const { a, b, owner, token } = await world()
    const elsewhere = await given.token(owner.id, { tenants: [b] })
    const colleague = await given.person({ tenants: [a] })
    const system = await given.systemToken()
    const { as } = await revoker([a])
    const bodies = []
    for (const [user, id] of [
      [owner.id, elsewhere.id],
      [colleague.id, token.id],
      [owner.id, system.id],
      [systemPrincipal, system.id],
      ...idsOfNothing.map((id) => [owner.id, id]),
    ] as [string, string][]) {
      const { status, body } = await refused(server, 'DELETE', pathOf(user, id), { as })
      expect({ user, id, status }).toEqual({ user, id, status: 404 })
      bodies.push(JSON.stringify(withoutId(body)))
    }
    expect(new Set(bodies).size).toBe(1)
  })

  it('ends no system token, even for an administrator of everything', async () => {
    const system = await server.given.systemToken()
    const { as } = await server.given.admin()

    const path = pathOf(systemPrincipal, system.id)
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(404)
  })
})
