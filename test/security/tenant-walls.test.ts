import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../support/given.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Two tenants, each with an administrator, someone in it who holds a role, and a service account. */
async function world() {
  const { given } = server
  const side = async () => {
    const tenant = (await given.tenant()).id
    const grants = [{ role: 'tenant-admin', tenant_id: tenant }]
    const admin = await given.person({ tenants: [tenant], grants })
    const member = await given.person({ tenants: [tenant] })
    const grant = await given.grant(member.id, { permissions: ['users.read'], tenant_id: tenant })
    return { tenant, admin, member, grant, account: await given.serviceAccount([tenant]) }
  }
  return { a: await side(), b: await side() }
}

async function refused(by: Person, method: string, path: string, status: number, body?: object) {
  const before = await server.traces()
  const answer = await server.call(method, path, { as: by.as, ...(body && { body }) })
  expect([method, path, answer.status]).toEqual([method, path, status])
  expect(await server.traces()).toEqual(before)
}

describe('Between two tenants', () => {
  it('CVE-2026-30945: a stranger deletes nobody’s token, whatever the body says of its owner', async () => {
    const { a, b } = await world()
    const token = await server.given.token(b.member.id, { permissions: ['users.read'] })
    const body = { tokenID: token.id, userID: b.member.id }
    await refused(a.admin, 'DELETE', `/me/tokens/${token.id}`, 404, body)
    await refused(a.admin, 'DELETE', `/me/tokens/${token.id}?user_id=${b.member.id}`, 400)
    expect((await server.call('GET', '/me', { as: token.as })).status).toBe(200)
  })

  it('CVE-2024-1313: what is deleted is looked for in the caller’s tenants', async () => {
    const { a, b } = await world()
    await refused(a.admin, 'DELETE', `/users/${b.member.id}`, 404)
    await refused(a.admin, 'DELETE', `/users/${b.member.id}/grants/${b.grant}`, 404)
    await refused(a.admin, 'DELETE', `/users/${a.member.id}/grants/${b.grant}`, 404)
    await refused(a.admin, 'DELETE', `/users/${b.member.id}/tenants/${b.tenant}`, 404)
    await refused(a.admin, 'DELETE', `/users/${a.member.id}/tenants/${b.tenant}`, 404)
    await refused(a.admin, 'DELETE', `/service-accounts/${b.account}`, 404)
    await refused(b.admin, 'DELETE', `/users/${a.member.id}/grants/${a.grant}`, 404)
  })

  it('CVE-2026-21721: a right over one thing of a kind is none over another', async () => {
    const { given } = server
    const { a, b } = await world()
    const both = await given.person({ tenants: [a.tenant, b.tenant] })
    const inB = await given.grant(both.id, { permissions: ['users.read'], tenant_id: b.tenant })
    // In the scope of both, and an administrator of one only.
    const clerk = await given.person({
      tenants: [a.tenant, b.tenant],
      grants: [{ role: 'tenant-admin', tenant_id: a.tenant }],
    })
    const role_id = await given.role(['users.read'])
    await refused(clerk, 'DELETE', `/users/${both.id}/grants/${inB}`, 403)
    await refused(clerk, 'POST', `/users/${both.id}/grants`, 403, { role_id, tenant_id: b.tenant })
    await refused(clerk, 'DELETE', `/users/${both.id}/tenants/${b.tenant}`, 403)
    await refused(clerk, 'POST', `/users/${both.id}/deactivate`, 403)
    await refused(clerk, 'PATCH', `/tenants/${b.tenant}`, 403, { name: 'Mine' })
    const granted = { role_id, tenant_id: a.tenant }
    const answer = await server.call('POST', `/users/${both.id}/grants`, {
      as: clerk.as,
      body: granted,
    })
    expect(answer.status).toBe(201)
  })

  it('CVE-2026-22640: the administrator of a tenant ends no administrator of the platform', async () => {
    const { given } = server
    const { a } = await world()
    const chief = await given.person({ tenants: [a.tenant], grants: [{ role: 'admin' }] })
    const [grant] = await server.database.sql('SELECT id FROM grants WHERE user_id = $1', [
      chief.id,
    ])
    await refused(a.admin, 'DELETE', `/users/${chief.id}`, 403)
    await refused(a.admin, 'POST', `/users/${chief.id}/deactivate`, 403)
    await refused(a.admin, 'PATCH', `/users/${chief.id}`, 403, { name: 'Nobody' })
    await refused(a.admin, 'DELETE', `/users/${chief.id}/grants/${grant?.['id']}`, 403)
    expect((await server.call('GET', '/users', { as: chief.as })).status).toBe(200)
  })

  it('CVE-2026-21727: no row belongs to a tenant that is none, and who is in none is seen by none', async () => {
    const { given, database, call } = server
    const { a } = await world()
    const nobody = '00000000-0000-0000-0000-000000000000'
    await expect(given.scope(a.member.id, nobody)).rejects.toThrow(/tenant_scopes_tenant_id_fkey/)
    const grant = given.grant(a.member.id, { permissions: ['users.read'], tenant_id: nobody })
    await expect(grant).rejects.toThrow(/grants_tenant_id_fkey/)
    const empty = `INSERT INTO tenant_scopes (id, user_id) VALUES (gen_random_uuid(), $1)`
    await expect(database.sql(empty, [a.member.id])).rejects.toThrow(/tenant_scopes_entry_check/)

    const legacy = await given.person()
    expect((await call('GET', `/users/${legacy.id}`, { as: a.admin.as })).status).toBe(404)
    const { body } = await call('GET', '/users?limit=100', { as: a.admin.as })
    expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(legacy.id)
    expect((await call('GET', '/users', { as: legacy.as })).status).toBe(403)
  })

  it('CVE-2023-2455: nothing of one stays on a connection that then serves the other', async () => {
    const { a, b } = await world()
    const sides = [a, b, a, b, b, a]
    const rounds = Array.from({ length: 60 }, (_, at) => sides[at % sides.length]!)
    const answers = await Promise.all(
      rounds.map(async (side) => {
        const { body } = await server.call('GET', '/users?limit=100', { as: side.admin.as })
        // Whoever is in every tenant, as some of the tests above are, is in these two as well.
        const both = [a, b].flatMap(({ admin, member }) => [admin.id, member.id])
        const ids: string[] = body.data.map(({ id }: { id: string }) => id)
        return { side, ids: ids.filter((id) => both.includes(id)).sort() }
      }),
    )
    for (const { side, ids } of answers) expect(ids).toEqual([side.admin.id, side.member.id].sort())
  })
})
