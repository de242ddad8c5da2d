import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemPrincipalId } from '../../../src/db/reach-filters.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type World = { a: string; b: string; account: string }

/** An account that holds users.read in A and B, and tenants.read in A. */
async function world(): Promise<World> {
  const { given, database } = server
  const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
  const account = uuidv7()
  await database.sql(
    "INSERT INTO users (id, is_service_account, name, status) VALUES ($1, true, 'account', 'active')",
    [account],
  )
  for (const tenant of [a, b]) await given.scope(account, tenant)
  await given.grant(account, { permissions: ['users.read', 'tenants.read'], tenant_id: a })
  await given.grant(account, { permissions: ['users.read'], tenant_id: b })
  return { a, b, account }
}

const make = (as: string, account: string, body: object = {}) =>
  server.call('POST', `/users/${account}/tokens`, { as, body: { name: 'runner', ...body } })

describe('POST /users/{id}/tokens', () => {
  it('gives, with nothing asked for, what both the account and its maker hold', async () => {
    const { a, b, account } = await world()
    const operator = await server.given.person({
      tenants: [a, b],
      grants: [
        { permissions: ['service_accounts.tokens', 'users.read', 'users.create'], tenant_id: a },
        { permissions: ['tenants.read'], tenant_id: b },
      ],
    })
    const { status, body } = await make(operator.as, account)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      permissions: ['users.read'],
      tenants: [a],
      created_by: operator.id,
      authority: [{ tenant_id: a, permissions: ['users.read'] }],
    })
    expect((await server.call('GET', '/users', { as: body.token })).status).toBe(200)
  })

  it('lets a right of the maker in one tenant never meet a tenant of the account in another', async () => {
    const { a, b, account } = await world()
    const operator = await server.given.person({
      tenants: [a, b],
      grants: [
        { permissions: ['service_accounts.tokens'] },
        { permissions: ['users.read'], tenant_id: a },
      ],
    })
    const before = await server.traces()
    const refused = await make(operator.as, account, {
      permissions: ['users.read'],
      tenants: [a, b],
    })
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ details: { permission: 'users.read', tenant_id: b } })
    expect(await server.traces()).toEqual(before)
    const within = await make(operator.as, account, { permissions: ['users.read'], tenants: [a] })
    expect(within.status).toBe(201)
  })

  it('is bound by the calling token: its authority and its end', async () => {
    const { a, account } = await world()
    const operator = await server.given.person({
      tenants: [a],
      grants: [
        { permissions: ['service_accounts.tokens', 'users.read', 'tenants.read'], tenant_id: a },
      ],
    })
    const expires_at = new Date(Date.now() + 86_400_000)
    const token = await server.given.token(operator.id, {
      permissions: ['service_accounts.tokens', 'users.read'],
      tenants: [a],
      expires_at,
    })
    const before = await server.traces()
    const wider = await make(token.as, account, { permissions: ['tenants.read'], tenants: [a] })
    expect(wider.status).toBe(403)
    const later = await make(token.as, account, { tenants: [a], expires_in_days: 30 })
    expect(later.status).toBe(400)
    expect(later.body.errors).toMatchObject([{ field: 'expires_in_days' }])
    const never = await make(token.as, account, { tenants: [a], expires_at: null })
    expect(never.status).toBe(400)
    expect(await server.traces()).toEqual(before)

    const child = await make(token.as, account)
    expect(child.body).toMatchObject({
      permissions: ['users.read'],
      expires_at: expires_at.toISOString(),
    })
  })

  it('makes none for a person, whoever asks and with whatever credential', async () => {
    const { given } = server
    const { a } = await world()
    const [admin, person] = [await given.admin(), await given.person({ tenants: [a] })]
    const everything = { permissions: ['service_accounts.tokens'], tenants: ['any'] }
    const pat = await given.token(admin.id, everything)
    const system = await given.systemToken()
    const before = await server.traces()
    for (const { as } of [admin, pat, system, person]) {
      const { status } = await make(as, person.id, { permissions: ['users.read'], tenants: [a] })
      expect(status).toBe(403)
    }
    expect((await make(admin.as, systemPrincipalId)).status).toBe(404)
    expect(await server.traces()).toEqual(before)
  })

  it('makes none for the account that asks', async () => {
    const { a, account } = await world()
    await server.given.grant(account, { permissions: ['service_accounts.tokens'], tenant_id: a })
    const own = await server.given.token(account, {
      permissions: ['service_accounts.tokens', 'users.read'],
      tenants: [a],
    })
    const before = await server.traces()
    expect((await make(own.as, account)).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('keeps to the limit of the account', async () => {
    const { account } = await world()
    const admin = await server.given.admin()
    const statuses = []
    for (let at = 0; at < 4; at += 1) {
      statuses.push((await make(admin.as, account, { name: `runner ${at}` })).status)
    }
    expect(statuses).toEqual([201, 201, 201, 409])
  })
})
