import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const operator = async () => {
  const tenant = await server.given.tenant()
  const person = await server.given.person({
    tenants: [tenant.id],
    grants: [{ role: 'service-account-operator', tenant_id: tenant.id }],
  })
  return { tenant, person }
}

const create = (as: string, body: object) =>
  server.call('POST', '/service-accounts', { as, body: { name: 'Nightly import', ...body } })

describe('POST /service-accounts', () => {
  it('makes an account without e-mail that its maker answers for', async () => {
    const { tenant, person } = await operator()
    const { status, body } = await create(person.as, { tenants: [tenant.id], description: 'Feeds' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      is_service_account: true,
      email: null,
      status: 'active',
      description: 'Feeds',
      tenants: [tenant.id],
      accountable_user_ids: [person.id],
      is_orphaned: false,
    })
  })

  it.each([
    ['tenants', 'any'],
    ['accountable_user_ids', '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'],
  ])('refuses %s beyond the caller’s reach, and writes nothing', async (field, value) => {
    const { tenant, person } = await operator()
    const before = await server.traces()
    const answer = await create(person.as, { tenants: [tenant.id], [field]: [value] })
    expect([403, 422]).toContain(answer.status)
    expect(answer.body.errors).toMatchObject([{ field }])
    expect(await server.traces()).toEqual(before)
  })
})

describe('a service account', () => {
  it('never signs in, even with a password hash planted in the database', async () => {
    const { tenant, person } = await operator()
    const { body } = await create(person.as, { tenants: [tenant.id] })
    await server.database.sql(
      `UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = 'admin@postern.local')
       WHERE id = $1`,
      [body.id],
    )
    const login = { email: body.id, password: 'correct horse battery staple' }
    expect((await server.call('POST', '/auth/login', { body: login })).status).toBe(400)
    const { as } = await server.given.session(body.id)
    expect((await server.call('GET', '/me', { as })).status).toBe(401)
  })

  it('is changed, stopped, started and deleted; its tokens follow', async () => {
    const { call, given } = server
    const { tenant, person } = await operator()
    const { body: account } = await create(person.as, { tenants: [tenant.id] })
    await given.grant(account.id, { permissions: ['tenants.read'], tenant_id: tenant.id })
    const token = await given.token(account.id, { tenants: [tenant.id] })
    const use = async () => (await call('GET', `/tenants/${tenant.id}`, { as: token.as })).status
    const path = `/service-accounts/${account.id}`
    expect(await use()).toBe(200)

    const renamed = await call('PATCH', path, { as: person.as, body: { name: 'Renamed' } })
    expect(renamed.body).toMatchObject({ name: 'Renamed', accountable_user_ids: [person.id] })
    expect((await call('POST', `${path}/deactivate`, { as: person.as })).status).toBe(200)
    expect(await use()).toBe(401)
    expect((await call('POST', `${path}/activate`, { as: person.as })).status).toBe(200)
    expect(await use()).toBe(200)
    expect((await call('DELETE', path, { as: person.as })).status).toBe(204)
    expect(await use()).toBe(401)
    expect((await call('DELETE', path, { as: person.as })).status).toBe(404)
    expect((await call('GET', path, { as: person.as })).status).toBe(404)
  })

  it('is left as it is, without an event, where nothing of it would change', async () => {
    const { call, given } = server
    const { tenant, person } = await operator()
    const other = await given.person({ tenants: [tenant.id] })
    const people = [person.id, other.id]
    const made = await create(person.as, { tenants: [tenant.id], accountable_user_ids: people })
    const path = `/service-accounts/${made.body.id}`
    const { name, description } = made.body
    const before = await server.traces()

    for (const body of [
      {},
      { name },
      { name, description, accountable_user_ids: people },
      { accountable_user_ids: people.toReversed() },
    ]) {
      const { status, body: answer } = await call('PATCH', path, { as: person.as, body })
      expect(status).toBe(200)
      expect(answer.accountable_user_ids.toSorted()).toEqual(people.toSorted())
    }

    expect(await server.traces()).toEqual(before)
    const changed = { description: 'Another one' }
    expect((await call('PATCH', path, { as: person.as, body: changed })).body).toMatchObject(
      changed,
    )
    expect(await server.traces()).not.toEqual(before)
  })

  it('keeps who answers for it when another joins them; but never only people who have left', async () => {
    const { call, given } = server
    const { tenant, person } = await operator()
    const { body: account } = await create(person.as, { tenants: [tenant.id] })
    const [far, gone] = [await given.person(), await given.person({ tenants: [tenant.id] })]
    const path = `/service-accounts/${account.id}`
    const name = (as: string, ...accountable_user_ids: string[]) =>
      call('PATCH', path, { as, body: { accountable_user_ids } })
    const admin = await given.admin()
    expect((await name(admin.as, far.id, gone.id)).status).toBe(200)
    await call('POST', `/users/${gone.id}/deactivate`, { as: admin.as })

    const joined = await name(person.as, far.id, gone.id, person.id)
    expect(joined.body.accountable_user_ids).toEqual([far.id, gone.id, person.id])
    const alone = await name(person.as, gone.id)
    expect(alone.body.errors).toMatchObject([{ field: 'accountable_user_ids' }])
    expect((await name(person.as, person.id)).status).toBe(200)
    expect((await name(person.as, person.id, far.id)).status).toBe(422)
    const { body } = await call('GET', path, { as: person.as })
    expect(body.accountable_user_ids).toEqual([person.id])
  })

  it('is flagged, in lists and in the audit log, when the last who answers for it leaves', async () => {
    const { call, given, database } = server
    const { tenant, person } = await operator()
    const { body: account } = await create(person.as, { tenants: [tenant.id] })
    const admin = await given.admin()
    expect((await call('POST', `/users/${person.id}/deactivate`, { as: admin.as })).status).toBe(
      200,
    )

    const { body } = await call('GET', '/service-accounts?is_orphaned=true&limit=100', {
      as: admin.as,
    })
    expect(body.data.map(({ id }: { id: string }) => id)).toContain(account.id)
    const events = await database.sql(
      "SELECT FROM audit_events WHERE action = 'service_account.orphaned' AND target_id = $1",
      [account.id],
    )
    expect(events).toHaveLength(1)
  })

  it('is no person: a person’s id is nothing here', async () => {
    const { tenant, person } = await operator()
    const other = await server.given.person({ tenants: [tenant.id] })
    for (const method of ['GET', 'DELETE']) {
      const { status } = await server.call(method, `/service-accounts/${other.id}`, {
        as: person.as,
      })
      expect(status).toBe(404)
    }
  })
})
