import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const readerIn = (...tenants: string[]) =>
  server.given.person({ tenants, grants: [{ permissions: ['audit.read'] }] })

async function eventOf(as: string, target: string, filter = '') {
  const path = `/audit-events?target_id=${target}${filter}`
  const { status, body, text } = await server.call('GET', path, { as })
  expect(status).toBe(200)
  return { event: body.data[0], events: body.data.length, text }
}

/** A token for two tenants, whose creation is one event that touched both. */
async function tokenInTwo() {
  const { given, call } = server
  const [a, b] = [await given.tenant('test'), await given.tenant('production')]
  const owner = await given.person({
    tenants: [a.id, b.id],
    grants: [{ permissions: ['users.read'] }],
  })
  const created = await call('POST', '/me/tokens', { as: owner.as, body: { name: 'CI' } })
  return { a, b, owner, id: created.body.id as string }
}

describe('An event that touched two tenants', () => {
  it('tells the auditor of one nothing of the other, in no field and by no filter', async () => {
    const { a, b, id } = await tokenInTwo()
    for (const [own, other, word] of [
      [a.id, b.id, 'type:test'],
      [b.id, a.id, 'type:production'],
    ] as const) {
      for (const scope of [own, word]) {
        const { as } = await readerIn(scope)
        const { event, text } = await eventOf(as, id)
        expect(event.tenant_ids).toEqual([own])
        expect(event.after).toMatchObject({ name: 'CI', tenants: [own] })
        expect(text).not.toContain(other)
        expect((await eventOf(as, id, `&tenant_id=${other}`)).events).toBe(0)
        expect((await eventOf(as, id, `&tenant_id=${own}`)).events).toBe(1)
      }
    }
  })

  it('is shown whole to who reaches both, by name or by any word, and through a token of theirs less', async () => {
    const { given } = server
    const { a, b, id } = await tokenInTwo()
    const both = [a.id, b.id].sort()
    for (const scope of [both, ['any'], ['type:test', 'type:production']]) {
      const reader = await readerIn(...scope)
      const { event } = await eventOf(reader.as, id)
      expect([...event.tenant_ids].sort()).toEqual(both)
      expect([...event.after.tenants].sort()).toEqual(both)
      const token = await given.token(reader.id, { permissions: ['audit.read'], tenants: [a.id] })
      expect((await eventOf(token.as, id)).event.tenant_ids).toEqual([a.id])
    }
  })

  it('hides a tenant that has blocked the token, also from one that stores any', async () => {
    const { given, database } = server
    const { a, b, id } = await tokenInTwo()
    const owner = await given.admin()
    const token = await given.token(owner.id, { permissions: ['audit.read'], tenants: ['any'] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [token.id, b.id, owner.id],
    )
    const { event, text } = await eventOf(token.as, id)
    expect(event.tenant_ids).toEqual([a.id])
    expect(text).not.toContain(b.id)
    expect((await eventOf(token.as, id, `&tenant_id=${b.id}`)).events).toBe(0)
  })

  it('shows of a deleted user the grants in one’s own tenants, and no grant elsewhere as one without a tenant', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const user = await given.person({
      tenants: [a.id, b.id],
      grants: [
        { role: 'read-only', tenant_id: a.id },
        { role: 'tenant-admin', tenant_id: b.id },
      ],
    })
    const admin = await given.admin()
    expect((await call('DELETE', `/users/${user.id}`, { as: admin.as })).status).toBe(204)

    const { event, text } = await eventOf((await readerIn(a.id)).as, user.id)

    expect(event.tenant_ids).toEqual([a.id])
    expect(event.before).toEqual({
      status: 'active',
      grants: [{ role: 'read-only', tenant_id: a.id }],
    })
    expect(text).not.toContain(b.id)
  })

  it('hides a suspended tenant from its auditor, and not from who reaches any', async () => {
    const { a, b, id } = await tokenInTwo()
    const own = await readerIn(a.id, b.id)
    const auditor = await readerIn('any')
    await server.database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [b.id])
    expect((await eventOf(own.as, id)).event.tenant_ids).toEqual([a.id])
    expect((await eventOf(auditor.as, id)).event.tenant_ids).toHaveLength(2)
  })
})
