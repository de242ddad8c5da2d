import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Scene, scenes } from './scenes.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** What a token holds by its own account, as `permission tenant` pairs; nothing once it has ended. */
async function pairsOf(as: string): Promise<string[]> {
  const { body } = await server.call('GET', '/me', { as })
  const entries = (body.authority ?? []) as { tenant_id: string | null; permissions: string[] }[]
  return entries.flatMap(({ tenant_id, permissions }) =>
    permissions.map((permission) => `${permission} ${tenant_id}`),
  )
}

const rehearse = ({ method, path, body }: Scene, as: string | undefined) =>
  server.call(method, `${path}?dry_run=true`, { as, ...(body !== undefined && { body }) })

describe('?dry_run=true', () => {
  it.each(Object.entries(scenes))('%s: tells exactly what then happens', async (_, make) => {
    const scene = await make(server)
    const before = await pairsOf(scene.token.as)

    const impact = await rehearse(scene, scene.as)
    expect({ status: impact.status, body: impact.body }).toMatchObject({ status: 200 })
    const { status } = await server.call(scene.method, scene.path, {
      as: scene.as,
      ...(scene.body !== undefined && { body: scene.body }),
    })
    expect([200, 204]).toContain(status)

    const after = await pairsOf(scene.token.as)
    const lost = before.filter((pair) => !after.includes(pair)).sort()
    expect(lost.length).toBeGreaterThan(0)
    expect(impact.body).toEqual({
      total: 1,
      tokens: [
        {
          id: scene.token.id,
          name: expect.any(String),
          hint: scene.token.as.slice(-4),
          owner_id: scene.owner.id,
          loses: expect.any(Array),
        },
      ],
    })
    const told = impact.body.tokens[0].loses as { permission: string; tenant_id: string | null }[]
    expect(told.map(({ permission, tenant_id }) => `${permission} ${tenant_id}`).sort()).toEqual(
      lost,
    )
  })

  it.each(Object.entries(scenes))('%s: writes nothing and changes nothing', async (_, make) => {
    const scene = await make(server)
    const traces = await server.traces()
    const before = await pairsOf(scene.token.as)

    await rehearse(scene, scene.as)

    expect(await server.traces()).toEqual(traces)
    expect(await pairsOf(scene.token.as)).toEqual(before)
  })

  it.each(Object.entries(scenes))(
    '%s: is refused like the change itself to who may not make it',
    async (_, make) => {
      const scene = await make(server)
      const stranger = await server.given.person({
        tenants: [(await server.given.tenant()).id],
        grants: [{ permissions: ['users.read', 'tenants.read'] }],
      })
      const clean = ({ status, text, body }: Awaited<ReturnType<typeof rehearse>>) => ({
        status,
        text: text.replace(body?.correlationId, ''),
      })

      const rehearsed = clean(await rehearse(scene, stranger.as))
      const real = clean(
        await server.call(scene.method, scene.path, {
          as: stranger.as,
          ...(scene.body !== undefined && { body: scene.body }),
        }),
      )

      expect(rehearsed).toEqual(real)
      expect([403, 404]).toContain(real.status)
    },
  )

  it('leaves out tokens that have ended and owners who are not active: they have nothing to lose', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const tenant = await given.tenant('production')
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'] }],
      status: 'deactivated',
    })
    const hour = 3_600_000
    const sets = { permissions: ['users.read'], tenants: [tenant.id] }
    await given.token(owner.id, sets)
    const active = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    await given.token(active.id, { ...sets, revoked: true })
    await given.token(active.id, {
      ...sets,
      created_at: new Date(Date.now() - 2 * hour),
      expires_at: new Date(Date.now() - hour),
    })

    const { body } = await call('POST', `/tenants/${tenant.id}/suspend?dry_run=true`, {
      as: admin.as,
    })

    expect(body).toEqual({ total: 0, tokens: [] })
  })

  it('is what it says: anything but true or false is refused', async () => {
    const admin = await server.given.admin()
    for (const value of ['', 'yes', '2', 'true&dry_run=true']) {
      const answer = await server.call('DELETE', `/users/${uuidv7()}?dry_run=${value}`, {
        as: admin.as,
      })
      expect({ value, status: answer.status }).toEqual({ value, status: 400 })
    }
  })

  it('counts all tokens, over several batches', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const tenant = await given.tenant('production')
    const count = 205
    const sets = { permissions: ['users.read'], tenants: [tenant.id] }
    const grants = [{ permissions: ['users.read'] }]
    for (let made = 0; made < count; made += 1) {
      const owner = await given.person({ tenants: [tenant.id], grants })
      await given.token(owner.id, sets)
    }

    const { body } = await call('POST', `/tenants/${tenant.id}/retire?dry_run=true`, {
      as: admin.as,
    })

    expect(body.total).toBe(count)
    expect(new Set(body.tokens.map(({ id }: { id: string }) => id)).size).toBe(count)
  })
})
