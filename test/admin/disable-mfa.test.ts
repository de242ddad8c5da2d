import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { begin, environment, withPasskey, withTotp } from '../modules/second-factors/enrolled.ts'
import { statusOf } from '../modules/sign-in/people.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAdmin } from './run-admin.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())

const admin = (...args: string[]) => runAdmin({ DATABASE_URL: server.database.url }, ...args)

it('npm run admin -- disable-mfa takes every factor, ends the sessions, and leaves one event', async () => {
  const someone = await withTotp(server, await withPasskey(server))
  const { as, id, email } = someone
  await server.call('POST', '/me/recovery-codes', { as })
  const provider = await server.given.identityProvider()
  await server.given.externalIdentity(id, provider)
  const bystander = await withTotp(server)
  await server.given.externalIdentity(bystander.id, provider)

  const { code, stderr } = await admin('disable-mfa', '--email', email)

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(await statusOf(server, as)).toBe(401)
  const { body } = await begin(server, email)
  const mine = await server.call('GET', '/me/second-factors', { as: body.access_token })
  expect(mine.body).toMatchObject({ totp: null, passkeys: [], recovery_codes_left: 0 })
  const events = await server.database.sql(
    `SELECT actor_name, target_id, after FROM audit_events WHERE action = 'user.second_factors_reset'`,
  )
  expect(events).toEqual([
    {
      actor_name: 'admin CLI',
      target_id: id,
      after: {
        totp_deleted: 1,
        external_identities_deleted: 1,
        passkeys_deleted: 1,
        recovery_codes_deleted: 10,
        sessions_ended: 1,
      },
    },
  ])
  const left = await server.database.sql('SELECT user_id FROM external_identities')
  expect(left).toEqual([{ user_id: bystander.id }])
  expect((await begin(server, bystander.email)).body.second_factor_required).toBe(true)
})

it('npm run admin -- disable-mfa says who is left without a way in, and how they get one', async () => {
  const person = await server.given.person()
  await server.given.externalIdentity(person.id, await server.given.identityProvider())
  const { code, stdout } = await admin('disable-mfa', '--email', person.email)
  expect(code).toBe(0)
  expect(stdout).toContain('nothing lets them in now: reset-password does')
})

it('npm run admin -- disable-mfa changes nothing where nobody has the address', async () => {
  const before = await server.traces()
  expect((await admin('disable-mfa', '--email', 'nobody@example.com')).code).toBe(1)
  expect(await server.traces()).toEqual(before)
})
