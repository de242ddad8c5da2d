import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, instant, refused, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const pathOf = (tenant: string, token: string) => `/tenants/${tenant}/tokens/${token}/block`
const block = (as: string, tenant: string, token: string, reason = 'Exports at night') =>
  server.call('PUT', pathOf(tenant, token), { as, body: { reason } })

const revoker = (tenants: string[], permissions = ['tokens.revoke', 'tokens.read']) =>
  server.given.person({ tenants, grants: [{ permissions }] })

const reading = ['tenants.read', 'users.read']

/** Someone who reads in A and B, with a token for it. */
async function world(stored?: string[]) {
  const { given } = server
  const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
  const owner = await given.person({ tenants: [a, b], grants: [{ permissions: reading }] })
  const token = await given.token(owner.id, { permissions: reading, tenants: stored ?? [a, b] })
  return { a, b, owner, token, warden: await revoker([a]) }
}

const statusIn = async (tenant: string, as: string) =>
  (await server.call('GET', `/tenants/${tenant}`, { as })).status

describe('PUT /tenants/{id}/tokens/{token_id}/block 200', () => {
  it.each([
    ['by its id', undefined],
    ['by a word', ['any']],
  ])(
    'stops a token that reaches the tenant %s in this tenant at once, and in no other',
    async (_, stored) => {
      const { call } = server
      const { a, b, owner, token, warden } = await world(stored)

      const { status, body } = await block(warden.as, a, token.id)

      expect(status).toBe(200)
      expect(body).toEqual({
        token_id: token.id,
        tenant_id: a,
        reason: 'Exports at night',
        created_at: instant,
        created_by: warden.id,
      })
      const here = await call('GET', `/tenants/${a}`, { as: token.as })
      expect(here.status).toBe(403)
      expect(here.body.details).toEqual({
        permission: 'tenants.read',
        tenant_id: a,
        leg: 'tenant_block',
      })
      expect(await statusIn(b, token.as)).toBe(200)
      expect(await statusIn(a, owner.as)).toBe(200)
    },
  )

  it('tells the token itself: in its authority, as the leg, and by what lists leave out', async () => {
    const { call, given } = server
    const { a, b, token, warden } = await world()
    const [near, far] = [await given.person({ tenants: [a] }), await given.person({ tenants: [b] })]
    await block(warden.as, a, token.id)

    const me = await call('GET', '/me', { as: token.as })
    expect(me.body.authority).toEqual([{ tenant_id: b, permissions: reading }])
    const asked = `/me/authority?permission=users.read&tenant_id=${a}`
    expect((await call('GET', asked, { as: token.as })).body).toMatchObject({
      allowed: false,
      leg: 'tenant_block',
    })
    const tenants = await call('GET', '/tenants', { as: token.as })
    expect(tenants.body.data.map(({ id }: { id: string }) => id)).toEqual([b])
    const users = await call('GET', '/users', { as: token.as })
    const ids = users.body.data.map(({ id }: { id: string }) => id)
    expect(ids).toContain(far.id)
    expect(ids).not.toContain(near.id)
    const detail = await call('GET', `/me/tokens/${token.id}`, { as: token.as })
    const both = reading.map((permission) => ({ permission, tenant_id: a, leg: 'tenant_block' }))
    expect(detail.body.dormant).toHaveLength(2)
    expect(detail.body.dormant).toEqual(expect.arrayContaining(both))
  })

  it('leaves the other tokens of the owner alone', async () => {
    const { given } = server
    const { a, owner, token, warden } = await world()
    const sibling = await given.token(owner.id, { permissions: reading, tenants: [a] })

    await block(warden.as, a, token.id)

    expect(await statusIn(a, sibling.as)).toBe(200)
  })

  it('stops a system token, which goes on everywhere else', async () => {
    const { a, b, warden } = await world()
    const system = await server.given.systemToken()

    expect((await block(warden.as, a, system.id)).status).toBe(200)

    expect(await statusIn(a, system.as)).toBe(403)
    expect(await statusIn(b, system.as)).toBe(200)
  })

  it('replaces the reason when done again, and does nothing when it is the same', async () => {
    const { database } = server
    const { a, token, warden } = await world()
    const second = await revoker([a])
    const first = await block(warden.as, a, token.id)

    expect((await block(second.as, a, token.id)).body).toEqual(first.body)
    const replaced = await block(second.as, a, token.id, 'By day, too')

    expect(replaced.body).toMatchObject({ reason: 'By day, too', created_by: second.id })
    const events = await database.sql(
      `SELECT before, after->>'reason' AS reason FROM audit_events
       WHERE target_id = $1 ORDER BY at, id`,
      [token.id],
    )
    expect(events).toEqual([
      { before: null, reason: 'Exports at night' },
      { before: { reason: 'Exports at night' }, reason: 'By day, too' },
    ])
  })

  it('is shown in the tenant’s list of tokens', async () => {
    const { a, token, warden } = await world()
    const { body } = await block(warden.as, a, token.id)

    const listed = await server.call('GET', `/tenants/${a}/tokens`, { as: warden.as })

    const shown = listed.body.data.find(({ id }: { id: string }) => id === token.id)
    expect(shown.block).toEqual(body)
  })

  it('stays when the owner leaves the tenant and comes back', async () => {
    const { given, call } = server
    const { a, owner, token, warden } = await world()
    const admin = await given.admin()
    await block(warden.as, a, token.id)

    await call('DELETE', `/users/${owner.id}/tenants/${a}`, admin)
    await call('PUT', `/users/${owner.id}/tenants/${a}`, admin)

    expect(await statusIn(a, owner.as)).toBe(200)
    expect(await statusIn(a, token.as)).toBe(403)
  })
})

describe('PUT /tenants/{id}/tokens/{token_id}/block 400', () => {
  it.each([
    ['no body', undefined],
    ['no reason', {}],
    ['an empty one', { reason: '' }],
    ['a blank one', { reason: ' \n' }],
    ['one that is too long', { reason: 'x'.repeat(501) }],
    ['an unknown field', { reason: 'x', until: null }],
  ])('refuses %s', async (_, body) => {
    const { a, token, warden } = await world()

    const { status } = await refused(server, 'PUT', pathOf(a, token.id), { as: warden.as, body })

    expect(status).toBe(400)
  })
})

describe('PUT /tenants/{id}/tokens/{token_id}/block 403', () => {
  it('refuses who may only see tokens', async () => {
    const { a, token } = await world()
    const { as } = await revoker([a], ['tokens.read'])

    const { body } = await refused(server, 'PUT', pathOf(a, token.id), {
      as,
      body: { reason: 'x' },
    })

    expect(body.details).toEqual({
      permission: 'tokens.revoke',
      tenant_id: a,
      leg: 'owner_permission',
    })
  })

  it('refuses a token itself and its siblings, a person’s and the system’s', async () => {
    const { given } = server
    const { a } = await world()
    const admin = await given.admin()
    const everything = { permissions: ['tokens.revoke'], tenants: ['any'] }
    const make = () => given.token(admin.id, everything)
    for (const [one, other] of [
      [await make(), await make()],
      [await given.systemToken(), await given.systemToken()],
    ] as const) {
      for (const { id } of [one, other]) {
        const request = { as: one.as, body: { reason: 'x' } }
        const { status, headers } = await refused(server, 'PUT', pathOf(a, id), request)
        expect(status).toBe(403)
        expect(headers.get('www-authenticate')).toContain('insufficient_scope')
      }
    }
  })
})

describe('PUT /tenants/{id}/tokens/{token_id}/block 404', () => {
  it('gives one answer for a token that reaches only other tenants, one that ended, one whose owner left, and ids of nothing', async () => {
    const { given, database } = server
    const { a, b, owner, warden } = await world()
    const outside = await given.person({ tenants: [b] })
    const deleted = await given.person({ tenants: [a] })
    const past = {
      created_at: new Date(Date.now() - 2000),
      expires_at: new Date(Date.now() - 1000),
    }
    const tokens = [
      await given.token(owner.id, { tenants: [b] }),
      await given.token(owner.id, { tenants: ['type:production'] }),
      await given.token(owner.id, { tenants: [] }),
      await given.token(owner.id, { tenants: [a], revoked: true }),
      await given.token(owner.id, { tenants: [a], ...past }),
      await given.token(outside.id, { tenants: [a] }),
      await given.token(deleted.id, { tenants: [a] }),
    ]
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    const bodies = []
    for (const id of [...tokens.map(({ id }) => id), ...idsOfNothing]) {
      const request = { as: warden.as, body: { reason: 'x' } }
      const { status, body } = await refused(server, 'PUT', pathOf(a, id), request)
      expect({ id, status }).toEqual({ id, status: 404 })
      bodies.push(JSON.stringify(withoutId(body)))
    }
    expect(new Set(bodies).size).toBe(1)
  })

  it('answers for a tenant elsewhere as for one that does not exist', async () => {
    const { b, token, warden } = await world()
    for (const tenant of [b, ...idsOfNothing]) {
      const request = { as: warden.as, body: { reason: 'x' } }
      expect((await refused(server, 'PUT', pathOf(tenant, token.id), request)).status).toBe(404)
    }
  })
})
