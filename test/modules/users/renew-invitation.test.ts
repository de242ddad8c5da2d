import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const password = 'a long walk on the beach'

/** Somebody invited into a tenant with a role there, and who may invite, holding that role's permission. */
async function scene(held: string[] = ['users.create', 'audit.read']) {
  const { given } = server
  const tenant = await given.tenant()
  const caller = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: held, tenant_id: tenant.id }],
  })
  const user = await given.person({
    tenants: [tenant.id],
    status: 'invited',
    grants: [{ permissions: ['audit.read'], tenant_id: tenant.id }],
  })
  const renew = (as = caller.as) => server.call('POST', `/users/${user.id}/invitation`, { as })
  return { tenant, caller, user, renew }
}

const tokenOf = ({ body }: { body: { invitation_url: string } }) =>
  body.invitation_url.split('#token=')[1]
const accept = async (token: string | undefined) =>
  (await server.call('POST', '/auth/accept-invitation', { body: { token, password } })).status

describe('a new invitation', () => {
  it('leads in once, and ends the one before it', async () => {
    const { user, renew } = await scene()
    const first = await renew()
    const second = await renew()

    expect(second.status).toBe(201)
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.body).toEqual({
      id: expect.any(String),
      user_id: user.id,
      created_at: expect.any(String),
      expires_at: expect.any(String),
      invitation_url: expect.stringContaining('/accept-invitation#token='),
    })
    expect(Date.parse(second.body.expires_at) - Date.now()).toBeGreaterThan(6 * 86_400_000)
    expect(await accept(tokenOf(first))).toBe(400)
    expect(await accept(tokenOf(second))).toBe(204)
    expect(await accept(tokenOf(second))).toBe(400)
  })

  it('is stored as a hash alone', async () => {
    const { renew } = await scene()
    const token = tokenOf(await renew()) ?? 'none'
    const rows = await server.database.sql('SELECT i::text AS row FROM invitations i')
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
  })

  it.each([
    ['who does not hold all that the user holds', ['users.create']],
    ['who may not create users', ['users.read', 'audit.read']],
  ])('is not made for %s: the link would be a way to it', async (_, held) => {
    const { renew } = await scene(held)
    const before = await server.traces()
    expect((await renew()).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('is not made for who sees the user in one of two tenants', async () => {
    const { renew, user } = await scene()
    await server.given.scope(user.id, (await server.given.tenant()).id)
    const before = await server.traces()
    expect((await renew()).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('is not made by another tenant, which hears that there is nothing', async () => {
    const { renew } = await scene()
    const { caller } = await scene()
    expect((await renew(caller.as)).status).toBe(404)
  })

  it.each(['active', 'deactivated'])('is not made for a user who is %s', async (status) => {
    const { user, renew } = await scene()
    await server.database.sql('UPDATE users SET status = $2::user_status WHERE id = $1', [
      user.id,
      status,
    ])
    const before = await server.traces()
    expect((await renew()).status).toBe(409)
    expect(await server.traces()).toEqual(before)
  })
})
