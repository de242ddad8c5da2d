import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, sceneOf, stagesOf, today } from './scene.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({}, null, { withWorker: true })
})
afterAll(() => server.close())

const someone = (email: string) => ({ first_name: 'Grace', last_name: 'Hopper', email })
const emailOf = () => `${crypto.randomUUID()}@example.com`

/** An integration that may also give the role that it gives. */
async function giverScene() {
  const scene = await sceneOf(server, ['tenants.read', 'users.create'])
  const role_id = await server.given.role(['tenants.read'])
  const onboarding = (email: string, more: object = {}) => ({
    tenant_id: scene.tenant.id,
    identity: someone(email),
    user: { role_ids: [role_id] },
    ...more,
  })
  return { ...scene, role_id, onboarding }
}

describe('an onboarding', () => {
  it('makes the identity on its day and not before, with what was told of it', async () => {
    const scene = await sceneOf(server)
    const supervisor_id = await scene.identity()
    const email = emailOf()
    const identity = { ...someone(email.toUpperCase()), supervisor_id, title: 'Rear Admiral' }

    const reported = await scene.report('onboard', { tenant_id: scene.tenant.id, identity })
    expect(reported).toMatchObject({
      affected_identity: null,
      identity: { email, title: 'Rear Admiral' },
    })
    const before = await server.traces()
    await scene.approve(reported.id)
    const event = await scene.until(reported.id, 'completed')

    expect(stagesOf(event)).toEqual(['approve done', 'provision done', 'verify done'])
    expect((await server.traces())['users']).toBe(before['users'])
    const [row] = await server.database.sql('SELECT * FROM identities WHERE id = $1', [
      event.affected_identity.id,
    ])
    expect(row).toMatchObject({
      ...{ tenant_id: scene.tenant.id, first_name: 'Grace', email, supervisor_id },
      ...{ title: 'Rear Admiral', identity_type: 'employee', status: 'active', company: null },
    })
  })

  it('invites a user with these roles, whom an administrator gives the link, who then may what they give', async () => {
    const scene = await giverScene()
    const email = emailOf()
    const event = await scene.done('onboard', scene.onboarding(email))
    expect(event.roles).toEqual([{ id: scene.role_id, name: `role-${scene.role_id}` }])
    const [user] = await server.database.sql('SELECT * FROM users WHERE email = $1', [email])
    expect(user).toMatchObject({ status: 'invited', name: 'Grace Hopper', password_hash: null })
    expect(await scene.roleIds(user?.['id'])).toEqual([scene.role_id])

    const invited = await server.call('POST', `/users/${user?.['id']}/invitation`, {
      as: scene.reporter.as,
    })
    expect(invited.status).toBe(201)
    const token = invited.body.invitation_url.split('token=')[1]
    const password = 'a long walk on the beach'
    await server.call('POST', '/auth/accept-invitation', { body: { token, password } })
    const { body } = await server.call('POST', '/auth/login', { body: { email, password } })

    expect(await scene.maySee(body.access_token)).toBe(true)
  })

  it('shortens the name of the user to what a name may have, by whole characters', async () => {
    const scene = await giverScene()
    const email = emailOf()
    const names = { first_name: 'a'.repeat(98), last_name: '😀 Hopper' }
    await scene.done('onboard', scene.onboarding(email, { identity: { ...names, email } }))
    const users = await server.database.sql('SELECT name FROM users WHERE email = $1', [email])
    expect(users).toEqual([{ name: `${names.first_name} 😀` }])
  })

  it('fails where somebody on the books has the address, and makes nothing', async () => {
    const scene = await giverScene()
    const email = emailOf()
    await scene.identity(email)

    const event = await scene.done('onboard', scene.onboarding(email), 'failed')

    expect(event.failure).toContain(email)
    expect(stagesOf(event)).toEqual(['approve done', 'provision failed', 'verify canceled'])
    expect(await server.database.sql('SELECT 1 FROM users WHERE email = $1', [email])).toEqual([])
  })

  it('may have been in the past, and is then carried out at once', async () => {
    const scene = await giverScene()
    const effective_date = dayFromNow(-400)
    const event = await scene.done('onboard', scene.onboarding(emailOf(), { effective_date }))
    expect(event).toMatchObject({ status: 'completed', effective_date })
  })
})

describe('a report of an onboarding is refused', () => {
  it.each([
    [
      'identity.email',
      { user: { role_ids: [] }, identity: { first_name: 'A', last_name: 'B' } },
      400,
    ],
    ['identity.first_name', { identity: { last_name: 'B' } }, 400],
    ['identity.nickname', { identity: { ...someone('a@b.example'), nickname: 'A' } }, 400],
    ['effective_date', { effective_date: '2027-02-30' }, 400],
    ['effective_date', { effective_date: '2027-02-03T00:00:00Z' }, 400],
    ['end_date', { end_date: '2999-01-01' }, 400],
    ['user.role_ids', { user: { role_ids: [crypto.randomUUID()] } }, 422],
    [
      'identity.supervisor_id',
      { identity: { ...someone('a@b.example'), supervisor_id: crypto.randomUUID() } },
      422,
    ],
    ['tenant_id', { tenant_id: crypto.randomUUID() }, 403],
  ])('with an error that names %s', async (field, change, status) => {
    const scene = await giverScene()
    const before = await server.traces()
    const body = { ...scene.onboarding(emailOf()), effective_date: today(), ...change }

    const answer = await scene.reportRaw('onboard', body)

    expect({ status: answer.status, field: answer.body.errors?.[0]?.field }).toEqual({
      status,
      field,
    })
    expect(await server.traces()).toEqual(before)
  })

  it('where the reporter does not hold all that a role gives', async () => {
    const scene = await giverScene()
    const role_id = await server.given.role(['tenants.read', 'audit.read'])
    const before = await server.traces()
    const body = scene.onboarding(emailOf(), {
      effective_date: today(),
      user: { role_ids: [role_id] },
    })

    const answer = await scene.reportRaw('onboard', body)

    expect(answer.status).toBe(403)
    expect(answer.body.details).toMatchObject({
      permission: 'audit.read',
      tenant_id: scene.tenant.id,
    })
    expect(await server.traces()).toEqual(before)
  })
})
