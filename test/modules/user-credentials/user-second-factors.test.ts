import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  age,
  begin,
  environment,
  finish,
  withPasskey,
  withTotp,
} from '../second-factors/enrolled.ts'
import { statusOf } from '../sign-in/people.ts'

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
      has_way_in: true,
    })
    const none = await server.call(
      'GET',
      `/users/${(await server.given.person()).id}/second-factors`,
      { as },
    )
    expect(none.body).toEqual({
      totp: null,
      passkeys: 0,
      recovery_codes_left: 0,
      has_way_in: false,
    })
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

describe('DELETE /users/{id}/second-factors', () => {
  const reset = async (id: string, as: string) =>
    server.call('DELETE', `/users/${id}/second-factors`, { as })

  it('takes the app, passkeys and codes, and ends the sessions; the password lets in, tokens stay', async () => {
    const { given, call } = server
    const person = await withPasskey(server, await withTotp(server))
    await call('POST', '/me/recovery-codes', { as: person.as })
    const token = await given.token(person.id)
    const provider = await given.identityProvider()
    await given.externalIdentity(person.id, provider)
    const bystander = await withTotp(server)
    const halfWay = (await begin(server, person.email)).body
    const { as } = await given.admin()

    const { status, body } = await reset(person.id, as)

    const deleted = { totp_deleted: 1, passkeys_deleted: 1, recovery_codes_deleted: 10 }
    expect({ status, body }).toEqual({
      status: 200,
      body: { ...deleted, sessions_ended: 1, has_way_in: true },
    })
    const passkey = person.device.get(halfWay.passkey_options)
    expect((await finish(server, halfWay.challenge, { passkey })).status).toBe(401)
    expect(await statusOf(server, person.as)).toBe(401)
    expect(await statusOf(server, token.as)).toBe(200)
    const again = (await begin(server, person.email)).body.access_token
    expect(await statusOf(server, again)).toBe(200)
    expect((await call('GET', '/me/external-identities', { as: again })).body.total).toBe(1)
    expect((await begin(server, bystander.email)).body.second_factor_required).toBe(true)
    const events = await server.database.sql(
      `SELECT after FROM audit_events WHERE action = 'user.second_factors_reset' AND target_id = $1`,
      [person.id],
    )
    expect(events).toEqual([{ after: { ...deleted, sessions_ended: 1 } }])
  })

  it('is refused to oneself, and to who holds less: they would sign in with a password that they know', async () => {
    const { given } = server
    const admin = await given.admin()
    const before = await server.traces()
    expect((await reset(admin.id, admin.as)).status).toBe(409)
    expect(await server.traces()).toEqual(before)
    const tenant = await given.tenant()
    const target = await withTotp(server)
    await given.scope(target.id, tenant.id)
    await given.grant(target.id, { permissions: ['audit.read'], tenant_id: tenant.id })
    const helper = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.update', 'users.read'], tenant_id: tenant.id }],
    })
    const then = await server.traces()
    expect((await reset(target.id, helper.as)).status).toBe(403)
    expect(await server.traces()).toEqual(then)
    await given.grant(helper.id, { permissions: ['audit.read'], tenant_id: tenant.id })
    expect((await reset(target.id, helper.as)).status).toBe(200)
  })

  it('leaves no event where there was nothing, and tells of who has no way in', async () => {
    const { given, database } = server
    const person = await given.person()
    await database.sql('DELETE FROM sessions WHERE user_id = $1', [person.id])
    const { as } = await given.admin()
    const before = await server.traces()
    expect((await reset(person.id, as)).body).toEqual({
      ...{ totp_deleted: 0, passkeys_deleted: 0, recovery_codes_deleted: 0 },
      ...{ sessions_ended: 0, has_way_in: false },
    })
    expect(await server.traces()).toEqual(before)
  })

  it('is refused to who may change the user in a part of their tenants only, to tokens, and after a while', async () => {
    const { given } = server
    const [near, far] = [await given.tenant(), await given.tenant()]
    const target = await withTotp(server)
    await given.scope(target.id, near.id)
    await given.scope(target.id, far.id)
    const part = await given.person({
      tenants: [near.id],
      grants: [{ permissions: ['users.update', 'users.read'], tenant_id: near.id }],
    })
    const admin = await given.admin()
    const token = await given.token(admin.id, { permissions: ['users.update'], tenants: ['any'] })
    const stale = await given.admin()
    await age(server, stale.session_id, 16)
    const nobody = await given.person()
    const before = await server.traces()
    for (const { as } of [part, token, stale, nobody]) {
      expect((await reset(target.id, as)).status).toBe(403)
    }
    expect(await server.traces()).toEqual(before)
    expect((await begin(server, target.email)).body.second_factor_required).toBe(true)
  })
})
