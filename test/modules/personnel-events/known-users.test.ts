import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { hris, type Scene, sceneOf } from './scene.ts'

let server: TestServer
let worker: HandWorker
beforeAll(async () => {
  server = await startServer()
  worker = handWorker(server)
})
afterAll(async () => {
  await worker.close()
  await server.close()
})

const notTheirs = expect.stringContaining('a user outside this tenant')

const onboarding = ({ tenant }: Scene, email: string, role_ids: string[] = []) => ({
  tenant_id: tenant.id,
  identity: { first_name: 'Grace', last_name: 'Hopper', email },
  user: { role_ids },
})

async function done(scene: Scene, kind: string, body: object, as = scene.reporter.as) {
  const { id } = await scene.report(kind, body, as)
  await scene.approve(id, as)
  await worker.carryOut(id)
  return scene.see(id)
}

const tenantsOf = async (user_id: string) => {
  const rows = await server.database.sql<{ tenant_id: string }>(
    'SELECT tenant_id FROM tenant_scopes WHERE user_id = $1',
    [user_id],
  )
  return rows.map(({ tenant_id }) => tenant_id)
}

/** A token of somebody who holds these permissions in the tenant of the scene, and in another one. */
async function overBoth({ tenant }: Scene, elsewhere: string, permissions: string[]) {
  const tenants = [tenant.id, elsewhere]
  const grants = tenants.map((tenant_id) => ({ permissions, tenant_id }))
  const { id } = await server.given.person({ tenants, grants })
  return server.given.token(id, { permissions, tenants, name: 'Group HR' })
}

describe('somebody who has a user is onboarded', () => {
  it.each(['in another tenant', 'in no tenant any more'])(
    'into no account that somebody else has made of their address, which is %s',
    async (where) => {
      const scene = await sceneOf(server, ['tenants.read'])
      const role_id = await server.given.role(['tenants.read'])
      const elsewhere = await server.given.tenant()
      const attacker = await server.given.person({
        tenants: [elsewhere.id],
        grants: [{ permissions: ['users.create'], tenant_id: elsewhere.id }],
      })
      const [email, password] = [`ceo-${crypto.randomUUID()}@example.com`, 'known to the attacker']
      const { body: made } = await server.call('POST', '/users', {
        as: attacker.as,
        body: { email, name: 'The CEO', password, tenants: [elsewhere.id] },
      })
      if (where === 'in no tenant any more') {
        await server.database.sql('DELETE FROM tenant_scopes WHERE user_id = $1', [made.id])
      }

      const event = await done(scene, 'onboard', onboarding(scene, email, [role_id]))

      expect(event).toMatchObject({ status: 'failed', failure: notTheirs, affected_identity: null })
      expect(await scene.roleIds(made.id)).toEqual([])
      const { body } = await server.call('POST', '/auth/login', { body: { email, password } })
      expect(await scene.maySee(body.access_token)).toBe(false)
    },
  )

  it('by no tenant that they do not belong to, so that their own keeps its say over them', async () => {
    const scene = await sceneOf(server, ['users.read'])
    const own = await server.given.tenant()
    const user = await server.given.person({ tenants: [own.id] })
    const permissions = ['users.deactivate']
    const administrator = await server.given.person({
      tenants: [own.id],
      grants: [{ permissions, tenant_id: own.id }],
    })

    const event = await done(scene, 'onboard', onboarding(scene, user.email))

    expect(event).toMatchObject({ status: 'failed', failure: notTheirs })
    expect(await tenantsOf(user.id)).toEqual([own.id])
    const seen = await server.call('GET', `/users/${user.id}`, { as: scene.reporter.as })
    expect(seen.status).toBe(404)
    const path = `/users/${user.id}/deactivate`
    expect((await server.call('POST', path, { as: administrator.as })).status).toBe(200)
  })

  it('not by way of an offboarding or a transition of somebody with the same address', async () => {
    const scene = await sceneOf(server)
    const own = await server.given.tenant()
    const user = await server.given.person({ tenants: [own.id] })
    const identity_id = await scene.identity(user.email)
    const remove_role_ids = [await server.given.role(['tenants.read'])]
    await done(scene, 'role-transition', { identity_id, remove_role_ids })
    await done(scene, 'leave-of-absence', { identity_id })
    expect(await done(scene, 'offboard', { identity_id })).toMatchObject({ status: 'completed' })

    const event = await done(scene, 'onboard', onboarding(scene, user.email))

    expect(event).toMatchObject({ status: 'failed', failure: notTheirs })
    expect(await tenantsOf(user.id)).toEqual([own.id])
  })

  it('and nothing is told of what they hold', async () => {
    const scene = await sceneOf(server)
    const own = await server.given.tenant()
    const plain = await server.given.person({ tenants: [own.id] })
    const powerful = await server.given.person({ tenants: [own.id], grants: [{ role: 'admin' }] })

    const [one, other] = [
      await done(scene, 'onboard', onboarding(scene, plain.email)),
      await done(scene, 'onboard', onboarding(scene, powerful.email)),
    ]

    expect(one.failure).toEqual(notTheirs)
    expect(other.failure).toBe(one.failure)
  })

  it('where the reporter could assign the tenant to them, with their password and tokens', async () => {
    const scene = await sceneOf(server)
    const elsewhere = await server.given.tenant()
    const user = await server.given.person({ tenants: [elsewhere.id] })
    const role_id = await server.given.role(['tenants.read'])
    const token = await server.given.token(user.id, { tenants: [scene.tenant.id] })
    const body = onboarding(scene, user.email, [role_id])
    const narrow = await overBoth(scene, elsewhere.id, [...hris, 'tenants.read'])
    const wide = await overBoth(scene, elsewhere.id, [...hris, 'tenants.read', 'tenants.members'])

    const refused = await done(scene, 'onboard', body, narrow.as)
    expect(refused).toMatchObject({ status: 'failed', failure: notTheirs })
    expect(await scene.maySee(token.as)).toBe(false)
    const event = await done(scene, 'onboard', body, wide.as)

    expect(event).toMatchObject({ status: 'completed' })
    expect(await scene.maySee(token.as)).toBe(true)
  })

  it('not where they would come to hold, by grants of their own, what the reporter does not', async () => {
    const scene = await sceneOf(server)
    const elsewhere = await server.given.tenant()
    const grants = [{ permissions: ['tenants.read'] }]
    const user = await server.given.person({ tenants: [elsewhere.id], grants })
    const token = await server.given.token(user.id, { tenants: [scene.tenant.id] })
    const wide = await overBoth(scene, elsewhere.id, [...hris, 'tenants.members'])

    const event = await done(scene, 'onboard', onboarding(scene, user.email), wide.as)

    expect(event).toMatchObject({ status: 'failed', affected_identity: null })
    expect(event.failure).toContain('would come to hold more here than the reporter')
    expect(event.failure).not.toContain('tenants.read')
    expect(await scene.maySee(token.as)).toBe(false)
  })

  it('again after they left, by the tenant that they were in', async () => {
    const scene = await sceneOf(server, ['tenants.read'])
    const role_id = await server.given.role(['tenants.read'])
    const [joiner, former] = [`${crypto.randomUUID()}@example.com`, await scene.employee()]
    const joined = await done(scene, 'onboard', onboarding(scene, joiner, [role_id]))
    const identities = [joined.affected_identity.id, former.identity_id]
    for (const identity_id of identities) await done(scene, 'offboard', { identity_id })
    expect(await scene.maySee(former.token.as)).toBe(false)

    for (const email of [joiner, former.email]) {
      const event = await done(scene, 'onboard', onboarding(scene, email, [role_id]))
      expect(event).toMatchObject({ status: 'completed', failure: null })
    }

    expect(await scene.maySee(former.token.as)).toBe(true)
    const users = await server.database.sql('SELECT id FROM users WHERE email = $1', [joiner])
    expect(users).toHaveLength(1)
    expect(await scene.roleIds(users[0]?.['id'])).toEqual([role_id])
  })
})
