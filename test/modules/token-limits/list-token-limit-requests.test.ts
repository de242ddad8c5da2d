import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused } from '../users/expected.ts'

let server: TestServer
let admin: Person
let [ada, bob] = [] as unknown as [Person, Person]
let ids: Record<'old' | 'new' | 'denied', string>

beforeAll(async () => {
  server = await startServer()
  const { given, call, database } = server
  admin = await given.admin()
  ;[ada, bob] = [await given.person(), await given.person()]
  await database.sql("UPDATE users SET name = 'Ada Lovelace' WHERE id = $1", [ada.id])
  const denied = await given.limitRequest(ada.id, 10)
  const body = { reason: 'Too many' }
  await call('POST', `/token-limit-requests/${denied}/deny`, { as: admin.as, body })
  ids = { denied, old: await given.limitRequest(bob.id), new: await given.limitRequest(ada.id) }
})
afterAll(() => server.close())

const list = async (query = '') => {
  const { body } = await server.call('GET', `/token-limit-requests${query}`, { as: admin.as })
  return body.data.map(({ id }: { id: string }) => id)
}

describe('GET /token-limit-requests', () => {
  it('shows everybody’s requests with who made them, the longest waiting first', async () => {
    const { body } = await server.call('GET', '/token-limit-requests', { as: admin.as })

    expect(body.total).toBe(3)
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([ids.denied, ids.old, ids.new])
    expect(body.data[2].user).toEqual({
      id: ada.id,
      is_service_account: false,
      email: ada.email,
      name: 'Ada Lovelace',
      token_limit: 3,
      live_tokens: 0,
    })
  })

  it('tells how many live tokens they have, and how many they may have now', async () => {
    const { given, database } = server
    const user = await given.person()
    await given.limitRequest(user.id)
    for (const revoked of [false, false, true]) await given.token(user.id, { revoked })
    const ended = { expires_at: new Date(Date.now() - 1), created_at: new Date(Date.now() - 5000) }
    await given.token(user.id, ended)
    await database.sql(
      `UPDATE users SET token_limit = 8, token_limit_until = now() - interval '1 second' WHERE id = $1`,
      [user.id],
    )

    const path = `/token-limit-requests?search=${user.email}`
    const { body } = await server.call('GET', path, { as: admin.as })

    expect(body.data[0].user).toMatchObject({ token_limit: 3, live_tokens: 2 })
    await database.sql('DELETE FROM token_limit_requests WHERE user_id = $1', [user.id])
  })

  it('filters by status, and finds by name and e-mail address', async () => {
    expect(await list('?status=pending')).toEqual([ids.old, ids.new])
    expect(await list('?status=denied')).toEqual([ids.denied])
    expect(await list('?status=approved')).toEqual([])
    expect(await list('?search=lovelace&status=pending')).toEqual([ids.new])
    expect(await list(`?search=${bob.email}`)).toEqual([ids.old])
    expect(await list('?limit=1&page=2')).toEqual([ids.old])
  })

  it('refuses an unknown status', async () => {
    const request = { as: admin.as }
    const path = '/token-limit-requests?status=open'
    expect((await refused(server, 'GET', path, request)).status).toBe(400)
  })

  it('is refused to a holder of every tenant permission', async () => {
    const grants = [{ role: 'tenant-admin' }]
    const { as } = await server.given.person({ tenants: ['any'], grants })

    const { status, body } = await refused(server, 'GET', '/token-limit-requests', { as })

    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'token_limits.approve', tenant_id: null })
  })

  it('lets no request of a deleted user wait for ever', async () => {
    const { given, call } = server
    const user = await given.person()
    const id = await given.limitRequest(user.id)

    await call('DELETE', `/users/${user.id}`, { as: admin.as })

    expect(await list('?status=pending')).not.toContain(id)
    const { body } = await call('GET', '/token-limit-requests?status=denied', { as: admin.as })
    expect(body.data.find((one: { id: string }) => one.id === id)).toMatchObject({
      decided_by: admin.id,
      decision_reason: 'who asked was deleted',
    })
  })
})
