import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const get = (as: string | null, id: string) => server.call('GET', `/me/tokens/${id}`, { as })

const block = (tokenId: string, tenantId: string, by: string) =>
  server.database.sql(
    `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'test', $3)`,
    [tokenId, tenantId, by],
  )

const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))

describe('GET /me/tokens/{id} 200', () => {
  it('shows a token that its owner covers as effective through and through', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read', 'roles.read'] }],
    })
    const token = await given.token(owner.id, {
      permissions: ['users.read', 'roles.read'],
      tenants: [tenant.id],
    })

    const { status, body } = await get(owner.as, token.id)

    expect(status).toBe(200)
    expect(body.authority).toEqual([
      { tenant_id: null, permissions: ['roles.read'] },
      { tenant_id: tenant.id, permissions: ['users.read'] },
    ])
    expect(body.dormant).toEqual([])
    expect(Object.keys(body)).not.toContain('token')
    expect(Object.keys(body)).not.toContain('token_hash')
  })

  it('shows what is stored beside what is effective, and each dormant pair with its leg', async () => {
    const { given } = server
    const [held, granted, lost, blocked] = [
      await given.tenant(),
      await given.tenant(),
      await given.tenant(),
      await given.tenant(),
    ]
    const suspended = await given.tenant('test', 'suspended')
    const owner = await given.person({
      tenants: [held.id, granted.id, blocked.id, suspended.id],
      grants: [
        { permissions: ['users.read'] },
        { permissions: ['audit.read'], tenant_id: granted.id },
      ],
    })
    const stored = {
      permissions: ['audit.read', 'roles.read', 'users.read'],
      tenants: [held.id, granted.id, lost.id, blocked.id, suspended.id],
    }
    const token = await given.token(owner.id, stored)
    await block(token.id, blocked.id, owner.id)

    const { body } = await get(owner.as, token.id)

    expect(body).toMatchObject(stored)
    expect(body.authority.sort(byText)).toEqual(
      [
        { tenant_id: held.id, permissions: ['users.read'] },
        { tenant_id: granted.id, permissions: ['audit.read', 'users.read'] },
      ].sort(byText),
    )
    const both = (tenant_id: string, leg: string) =>
      ['audit.read', 'users.read'].map((permission) => ({ permission, tenant_id, leg }))
    expect(body.dormant.sort(byText)).toEqual(
      [
        { permission: 'roles.read', tenant_id: null, leg: 'owner_permission' },
        { permission: 'audit.read', tenant_id: held.id, leg: 'owner_permission' },
        ...both(lost.id, 'owner_tenant'),
        ...both(blocked.id, 'tenant_block'),
        ...both(suspended.id, 'tenant_status'),
      ].sort(byText),
    )
  })

  it('shows a word that the owner no longer holds as dormant, and as effective what is left of it', async () => {
    const { given } = server
    const tenant = await given.tenant('test')
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: ['any'] })

    const { body } = await get(owner.as, token.id)

    expect(body.tenants).toEqual(['any'])
    expect(body.authority).toEqual([{ tenant_id: tenant.id, permissions: ['users.read'] }])
    expect(body.dormant).toEqual([
      { permission: 'users.read', tenant_id: 'any', leg: 'owner_tenant' },
    ])
  })

  it('shows a tenant that has blocked a token which reaches it by a word', async () => {
    const { given } = server
    const tenant = await given.tenant('test')
    const owner = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: ['any'] })
    await block(token.id, tenant.id, owner.id)

    const { body } = await get(owner.as, token.id)

    expect(body.dormant).toEqual([
      { permission: 'users.read', tenant_id: tenant.id, leg: 'tenant_block' },
    ])
  })

  it('shows a token to itself', async () => {
    const owner = await server.given.person()
    const token = await server.given.token(owner.id)

    expect((await get(token.as, token.id)).body.id).toBe(token.id)
  })

  it.each([
    ['revoked', { revoked: true }],
    ['expired', { expires_at: new Date(Date.now() - 1000), created_at: new Date(0) }],
  ])('shows a token that is %s, as one that holds nothing', async (status, ending) => {
    const { given } = server
    const owner = await given.person({ grants: [{ permissions: ['roles.read'] }] })
    const token = await given.token(owner.id, { permissions: ['roles.read'], ...ending })

    const { body } = await get(owner.as, token.id)

    expect(body).toMatchObject({ status, permissions: ['roles.read'], authority: [], dormant: [] })
  })
})

describe('GET /me/tokens/{id} 404', () => {
  it('gives one answer for another’s token, an unknown id and a malformed one', async () => {
    const { given } = server
    const asker = await given.admin()
    const foreign = await given.token((await given.person()).id)
    const texts = []
    for (const id of [foreign.id, uuidv7(), 'nonsense', '%00', foreign.id.toUpperCase()]) {
      const { status, text, body } = await get(asker.as, id)
      expect(status).toBe(404)
      texts.push(text.replace(body.correlationId, ''))
    }
    expect(new Set(texts).size).toBe(1)
  })

  it('hides a token from its siblings', async () => {
    const owner = await server.given.person()
    const [token, sibling] = [
      await server.given.token(owner.id),
      await server.given.token(owner.id),
    ]

    expect((await get(token.as, sibling.id)).status).toBe(404)
  })
})

describe('GET /me/tokens/{id} 401', () => {
  it('comes before a look at the id', async () => {
    expect((await get(null, 'nonsense')).status).toBe(401)
  })
})
