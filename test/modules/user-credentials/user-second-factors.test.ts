import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { environment, withPasskey, withTotp } from '../second-factors/enrolled.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())

describe('GET /users/{id}/second-factors', () => {
  it('tells what there is, and nothing by which one could sign in', async () => {
    const person = await withPasskey(server, await withTotp(server))
    const codes = await server.call('POST', '/me/recovery-codes', { as: person.as })
    expect(codes.status).toBe(200)
    const { as } = await server.given.admin()

    const { status, body } = await server.call('GET', `/users/${person.id}/second-factors`, { as })

    expect(status).toBe(200)
    expect(body).toEqual({
      totp: { confirmed_at: expect.any(String) },
      passkeys: 1,
      recovery_codes_left: 10,
    })
    const none = await server.call(
      'GET',
      `/users/${(await server.given.person()).id}/second-factors`,
      { as },
    )
    expect(none.body).toEqual({ totp: null, passkeys: 0, recovery_codes_left: 0 })
  })

  it('counts an app that no code has confirmed yet as none', async () => {
    const person = await server.given.person()
    expect((await server.call('POST', '/me/totp', { as: person.as })).status).toBe(200)
    const { as } = await server.given.admin()
    const { body } = await server.call('GET', `/users/${person.id}/second-factors`, { as })
    expect(body.totp).toBeNull()
  })

  it('is refused to who may change the user in a part of their tenants only, and to tokens', async () => {
    const { given, call } = server
    const [near, far] = [await given.tenant(), await given.tenant()]
    const target = await given.person({ tenants: [near.id, far.id] })
    const part = await given.person({
      tenants: [near.id],
      grants: [{ permissions: ['users.update', 'users.read'], tenant_id: near.id }],
    })
    const admin = await given.admin()
    const token = await given.token(admin.id, { permissions: ['*.*'], tenants: ['any'] })
    const path = `/users/${target.id}/second-factors`
    expect((await call('GET', path, { as: part.as })).status).toBe(403)
    expect((await call('GET', path, { as: token.as })).status).toBe(403)
    expect((await call('GET', path, { as: (await given.person()).as })).status).toBe(403)
  })
})
