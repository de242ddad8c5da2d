import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { statusOf } from '../sign-in/people.ts'
import { refused, unknownId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const pathOf = (user: string, id?: string) =>
  `/users/${user}/external-identities${id === undefined ? '' : `/${id}`}`

/** Somebody who is signed in by a provider, and, in another session, otherwise. */
async function linked(tenants: string[] = []) {
  const { given } = server
  const person = await given.person({ tenants })
  const provider = await given.identityProvider()
  const external_id = await given.externalIdentity(person.id, provider, person.id)
  const here = await given.session(person.id)
  await given.cameFrom(person.session_id, provider)
  return { ...person, provider, external_id, here }
}

const administratorOf = (tenants: string[], permission = 'users.update') =>
  server.given.person({
    tenants,
    grants: tenants.map((tenant_id) => ({ permissions: [permission, 'users.read'], tenant_id })),
  })

describe('GET /users/{id}/external-identities', () => {
  it('tells who the person is to providers', async () => {
    const { given, call } = server
    const { id, provider, external_id } = await linked()
    await linked()
    const { as } = await given.admin()
    const { status, body } = await call('GET', pathOf(id), { as })
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: [
          {
            id: external_id,
            identity_provider: { id: provider.id, name: provider.name, is_enabled: true },
            issuer: provider.issuer,
            subject: id,
            email: null,
            created_at: expect.any(String),
            last_used_at: null,
          },
        ],
        ...{ total: 1, page: 1, limit: 20 },
      },
    })
  })
})

describe('DELETE /users/{id}/external-identities/{external_identity_id}', () => {
  it('ends the sessions that came from it at once, and no other, and it signs nobody in', async () => {
    const { given, call } = server
    const { id, as: bySso, here, external_id } = await linked()
    const token = await given.token(id)
    const { as } = await given.admin()
    const statuses = async () => [
      await statusOf(server, bySso),
      await statusOf(server, here.as),
      await statusOf(server, token.as),
    ]
    expect(await statuses()).toEqual([200, 200, 200])
    expect((await call('DELETE', pathOf(id, external_id), { as })).status).toBe(204)
    expect(await statuses()).toEqual([401, 200, 200])
    expect((await call('GET', pathOf(id), { as })).body.data).toEqual([])
    expect((await refused(server, 'DELETE', pathOf(id, external_id), { as })).status).toBe(404)
  })

  it('finds none of somebody else', async () => {
    const [one, other] = [await linked(), await linked()]
    const { as } = await server.given.admin()
    const { status } = await refused(server, 'DELETE', pathOf(one.id, other.external_id), { as })
    expect(status).toBe(404)
    expect(await statusOf(server, other.as)).toBe(200)
  })

  it('is not one’s own, which are deleted where a way in must be left', async () => {
    const { given } = server
    const admin = await given.admin()
    const external_id = await given.externalIdentity(admin.id, await given.identityProvider())
    const path = pathOf(admin.id, external_id)
    const { status } = await refused(server, 'DELETE', path, { as: admin.as })
    expect(status).toBe(409)
  })

  it('asks for a fresh sign-in', async () => {
    const { given, database } = server
    const { id, external_id } = await linked()
    const { as, session_id } = await given.admin()
    await database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
      [session_id],
    )
    const { body } = await refused(server, 'DELETE', pathOf(id, external_id), { as })
    expect(body.error).toBe('reauthentication_required')
  })
})

describe('The identities of a user at providers', () => {
  it('are the business of who may change the whole account, signed in', async () => {
    const { given } = server
    const [near, far] = [await given.tenant(), await given.tenant()]
    const { id, external_id } = await linked([near.id, far.id])
    const admin = await given.admin()
    const token = await given.token(admin.id, { permissions: ['users.update'], tenants: ['any'] })
    const both = await administratorOf([near.id, far.id])
    const callers = {
      'in a part of the tenants': (await administratorOf([near.id])).as,
      'by another permission': (await administratorOf([near.id, far.id], 'users.deactivate')).as,
      'by a token': token.as,
      'who has nothing': (await given.person()).as,
    }
    for (const as of Object.values(callers)) {
      expect((await refused(server, 'GET', pathOf(id), { as })).status).toBe(403)
      expect((await refused(server, 'DELETE', pathOf(id, external_id), { as })).status).toBe(403)
    }
    expect((await server.call('GET', pathOf(id), { as: both.as })).status).toBe(200)
    expect((await server.call('DELETE', pathOf(id, external_id), { as: both.as })).status).toBe(204)
  })

  it('don’t exist for who may not know of the user, and are out of reach where the user holds the platform', async () => {
    const { given } = server
    const [near, far] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf([near.id])
    const [hidden, chief] = [await linked([far.id]), await linked([near.id])]
    await given.grant(chief.id, { permissions: ['roles.write'] })
    for (const [id, external_id, status] of [
      [hidden.id, hidden.external_id, 404],
      [unknownId, hidden.external_id, 404],
      [chief.id, chief.external_id, 403],
    ] as const) {
      expect((await refused(server, 'GET', pathOf(id), { as })).status).toBe(status)
      expect((await refused(server, 'DELETE', pathOf(id, external_id), { as })).status).toBe(status)
    }
  })
})
