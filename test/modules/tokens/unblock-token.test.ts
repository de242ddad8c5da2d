import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GivenToken } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const pathOf = (tenant: string, token: string) => `/tenants/${tenant}/tokens/${token}/block`
const unblock = (as: string, tenant: string, token: string) =>
  server.call('DELETE', pathOf(tenant, token), { as })

const permissions = ['tenants.read', 'tokens.revoke']

/** Someone who may revoke tokens in a tenant, with a token for it that the tenant has blocked. */
async function world(make?: () => Promise<GivenToken>) {
  const { given, call } = server
  const tenant = (await given.tenant()).id
  const people = { tenants: [tenant], grants: [{ permissions }] }
  const [owner, warden] = [await given.person(people), await given.person(people)]
  const token = make
    ? await make()
    : await given.token(owner.id, { permissions, tenants: [tenant] })
  const body = { reason: 'Exports at night' }
  const blocked = await call('PUT', pathOf(tenant, token.id), { as: warden.as, body })
  expect(blocked.status).toBe(200)
  return { tenant, owner, warden, token }
}

const statusIn = async (tenant: string, as: string) =>
  (await server.call('GET', `/tenants/${tenant}`, { as })).status

describe('DELETE /tenants/{id}/tokens/{token_id}/block 204', () => {
  it('gives the token back what it had in the tenant, at once', async () => {
    const { tenant, warden, token } = await world()
    expect(await statusIn(tenant, token.as)).toBe(403)

    const { status, text } = await unblock(warden.as, tenant, token.id)

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await statusIn(tenant, token.as)).toBe(200)
  })

  it('works for a system token, and can be followed by another block', async () => {
    const { tenant, warden, token } = await world(() => server.given.systemToken())

    await unblock(warden.as, tenant, token.id)
    expect(await statusIn(tenant, token.as)).toBe(200)

    const body = { reason: 'Again' }
    await server.call('PUT', pathOf(tenant, token.id), { as: warden.as, body })
    expect(await statusIn(tenant, token.as)).toBe(403)
  })

  it('lifts the block of a token whose owner has left the tenant', async () => {
    const { tenant, owner, warden, token } = await world()
    const admin = await server.given.admin()
    await server.call('DELETE', `/users/${owner.id}/tenants/${tenant}`, admin)

    expect((await unblock(warden.as, tenant, token.id)).status).toBe(204)
  })
})

describe('DELETE /tenants/{id}/tokens/{token_id}/block 403', () => {
  it('refuses the blocked token, which has no say in the tenant any more', async () => {
    const { tenant, token } = await world()

    const { body } = await refused(server, 'DELETE', pathOf(tenant, token.id), { as: token.as })

    expect(body.details).toEqual({
      permission: 'tokens.revoke',
      tenant_id: tenant,
      leg: 'tenant_block',
    })
    expect(await statusIn(tenant, token.as)).toBe(403)
  })

  it('refuses the siblings of the blocked token, a person’s and the system’s', async () => {
    const { given } = server
    const mine = await world()
    const sibling = await given.token(mine.owner.id, { permissions, tenants: [mine.tenant] })
    const its = await world(() => given.systemToken())
    for (const [{ tenant, token }, { as }] of [
      [mine, sibling],
      [its, await given.systemToken()],
    ] as const) {
      const { status, body } = await refused(server, 'DELETE', pathOf(tenant, token.id), { as })
      expect(status).toBe(403)
      expect(body.message).toBe('A token has no say over tokens of its own owner')
      expect(await statusIn(tenant, token.as)).toBe(403)
    }
  })

  it('refuses who may only see tokens', async () => {
    const { tenant, token } = await world()
    const grants = [{ permissions: ['tokens.read'] }]
    const { as } = await server.given.person({ tenants: [tenant], grants })

    expect((await refused(server, 'DELETE', pathOf(tenant, token.id), { as })).status).toBe(403)
  })
})

describe('DELETE /tenants/{id}/tokens/{token_id}/block 404', () => {
  it('answers a second time, for a token that is not blocked here, and for ids of nothing', async () => {
    const { given } = server
    const { tenant, owner, warden, token } = await world()
    const other = await world()
    const free = await given.token(owner.id, { tenants: [tenant] })
    await unblock(warden.as, tenant, token.id)

    for (const id of [token.id, free.id, other.token.id, ...idsOfNothing]) {
      const { status } = await refused(server, 'DELETE', pathOf(tenant, id), { as: warden.as })
      expect({ id, status }).toEqual({ id, status: 404 })
    }
    const path = pathOf(other.tenant, other.token.id)
    expect((await refused(server, 'DELETE', path, { as: warden.as })).status).toBe(404)
    expect(await statusIn(other.tenant, other.token.as)).toBe(403)
  })
})
