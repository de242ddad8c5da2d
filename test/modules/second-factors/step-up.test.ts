import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { operationsOf } from '../../support/operations.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused } from '../users/expected.ts'
import {
  age,
  codeOf,
  environment,
  password,
  setPolicy,
  signIn,
  withPasskey,
  withTotp,
  wrongCode,
} from './enrolled.ts'

let server: TestServer
let other: TestServer['app']
beforeAll(async () => {
  server = await startServer(environment)
  other = server.app
})
afterAll(() => server.close())
afterEach(async () => {
  await setPolicy(server, 'optional')
  await server.database.sql('UPDATE settings SET step_up_minutes = 15')
})

const stepUp = (as: string, body: object) => server.call('POST', '/auth/step-up', { as, body })
/** One of the routes that ask for a fresh sign-in, and that everybody may call. */
const ask = (as: string) => server.call('POST', '/me/totp', { as })

/** An administrator whose sign-in is 16 minutes old. */
async function stale() {
  const someone = await server.given.admin()
  await age(server, someone.session_id, 16)
  return someone
}

/** What gives or widens authority, and what changes by what people sign in or where secrets go. */
const givingOrSignIn = [
  'approvePersonnelEvent',
  'approveTokenLimitRequest',
  'assignTenant',
  'changePassword',
  'confirmTotp',
  'createAccountToken',
  'createGrant',
  'createIdentityProvider',
  'createOwnToken',
  'createPasskey',
  'createSystemToken',
  'createWebhook',
  'deleteGrant',
  'deleteIdentityProvider',
  'deleteOwnExternalIdentity',
  'deletePasskey',
  'deleteSystemToken',
  'deleteTotp',
  'deleteUserExternalIdentity',
  'deleteUserSecondFactors',
  'endUserCredentials',
  'enrolTotp',
  'getNewPasskeyOptions',
  'renamePasskey',
  'renewRecoveryCodes',
  'reportOnboarding',
  'reportRoleTransition',
  'rotateWebhookSecret',
  'startLinking',
  'updateIdentityProvider',
  'updateRole',
  'updateSettings',
  'updateWebhook',
]

/** Every other change, by why it may be made with an older sign-in. */
const notAsked = {
  'It asks by itself, where it gives a way in: a password, or a link to an account in use.': [
    'createUser',
    'renewInvitation',
  ],
  'It is how somebody shows that it is them.': ['getStepUpOptions', 'startSsoStepUp', 'stepUp'],
  'It only takes, or ends.': [
    'blockToken',
    'deactivateServiceAccount',
    'deactivateUser',
    'deleteCalendarFeed',
    'deleteOtherSessions',
    'deleteOwnSession',
    'deleteOwnToken',
    'deleteServiceAccount',
    'deleteUser',
    'deleteUserSession',
    'deleteUserSessions',
    'deleteUserToken',
    'deleteWebhook',
    'denyTokenLimitRequest',
    'reportOffboarding',
    'retireTenant',
    'suspendTenant',
    'unassignTenant',
  ],
  'It gives back what was given by a fresh sign-in, no more than it was.': [
    'activateServiceAccount',
    'activateTenant',
    'activateUser',
    'cancelPersonnelEvent',
    'reportLeaveOfAbsence',
    'unblockToken',
  ],
  'It makes what nobody holds, or holds anything by, until that is given.': [
    'createRole',
    'createServiceAccount',
    'deleteRole',
  ],
  'What comes by it comes to those who hold a word or a wildcard for it already (ADR 8).': [
    'createTenant',
    'registerPermission',
  ],
  'It gives nobody anything.': [
    'cancelApplicationImport',
    'confirmApplicationImport',
    'createApplication',
    'createCalendarFeed',
    'introspect',
    'redeliverWebhook',
    'requestTokenLimit',
    'stageApplicationImport',
    'testWebhook',
    'updateApplication',
    'updateNotices',
    'updateServiceAccount',
    'updateTenant',
    'updateUser',
    'uploadApplicationImport',
  ],
}

describe('A sign-in that is older than 15 minutes', () => {
  const routes = () =>
    other.routes
      .filter(({ config }) => config?.stepUp)
      .map(({ method, url, schema }) => ({ method, url, ...(schema as { operationId: string }) }))

  /** Whoever holds a session may call these, so far as they are allowed to, and changes something. */
  const changing = () =>
    operationsOf(other)
      .filter(
        ({ method, access }) => method !== 'GET' && !['public', 'optional'].includes(access.kind),
      )
      .map(({ operationId }) => operationId)
      .sort()

  it('is asked on everything that gives or widens authority: of every change somebody has said whether it does', () => {
    const asked = routes().map(({ operationId }) => operationId)
    expect(asked.sort()).toEqual([...givingOrSignIn].sort())
    expect([...asked, ...Object.values(notAsked).flat()].sort()).toEqual(changing())
  })

  it('gets a 403 that says how to go on, and nothing is written', async () => {
    const { as } = await stale()
    const id = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
    for (const { method, url } of routes()) {
      const path = url.replace('/api/v1', '').replaceAll(/:\w+/g, id)
      const { status, body } = await refused(server, `${method}`, path, { as })
      expect({ path, status, body }).toEqual({
        path,
        status: 403,
        body: {
          error: 'reauthentication_required',
          message: 'Show that it is you, and send this again',
          correlationId: expect.any(String),
          details: { methods: [] },
        },
      })
    }
    expect((await server.call('GET', '/users', { as })).status).toBe(200)
  })

  it('is told first what it may not do at all', async () => {
    const { as, session_id } = await server.given.person()
    await age(server, session_id, 16)
    const { body } = await refused(server, 'PATCH', '/settings', { as })
    expect(body.error).toBe('forbidden')
  })

  it('is asked at the very next request, before the body is read and once more when it is there', async () => {
    const { as, session_id } = await signIn(server)
    expect((await ask(as)).status).toBe(200)
    await age(server, session_id, 15)
    const { status, body } = await server.call('POST', '/me/tokens', { as, body: '{"broken":' })
    expect([status, body.error]).toEqual([403, 'reauthentication_required'])
  })

  it('is good for longer, or for ever, where the platform says so', async () => {
    const { as, session_id } = await signIn(server)
    await age(server, session_id, 60)
    expect((await ask(as)).status).toBe(403)
    await server.database.sql('UPDATE settings SET step_up_minutes = 61')
    expect((await ask(as)).status).toBe(200)
    await server.database.sql('UPDATE settings SET step_up_minutes = 0')
    await age(server, session_id, 100_000)
    expect((await server.call('POST', '/me/totp', { as })).status).toBe(200)
  })

  it('asks no token', async () => {
    const { given } = server
    const { id, session_id } = await given.admin()
    await age(server, session_id, 16)
    const { as } = await given.token(id, {
      permissions: ['users.grants', 'users.read', 'settings.write'],
      tenants: ['any'],
    })
    const body = { default_token_lifetime_days: 30 }
    expect((await server.call('PATCH', '/settings', { as, body })).status).toBe(200)
  })

  it.each([[{ second_factor: 'off' }], [{ step_up_minutes: 0 }]])(
    'is not switched off by a token, whatever it stores: %j',
    async (body) => {
      const { given } = server
      const { id } = await given.admin()
      const token = { permissions: ['settings.write'], tenants: ['any'] }
      const { as } = await given.token(id, token)
      const before = await server.database.sql('SELECT * FROM settings')
      expect((await server.call('PATCH', '/settings', { as, body })).status).toBe(403)
      expect(await server.database.sql('SELECT * FROM settings')).toEqual(before)
    },
  )
})

describe('A session that began by a password alone, of someone who has a second factor', () => {
  it.each([
    ['POST', '/me/totp'],
    ['DELETE', '/me/totp'],
    ['POST', '/me/recovery-codes'],
    ['POST', '/me/passkeys/options'],
  ])('changes none before it has shown one: %s %s', async (method, path) => {
    const { given, database } = server
    const someone = await withTotp(server)
    const { as } = await given.session(someone.id)
    const factors = () =>
      database.sql('SELECT * FROM totp_factors WHERE user_id = $1', [someone.id])
    const before = await factors()
    const { status, body } = await server.call(method, path, { as })
    expect([status, body.error]).toEqual([403, 'reauthentication_required'])
    expect(await factors()).toEqual(before)
  })
})

describe('POST /auth/step-up', () => {
  it('renews the sign-in of this session, and of no other', async () => {
    const { as, id, session_id } = await signIn(server)
    const another = await server.given.session(id)
    await age(server, session_id, 16)
    await age(server, another.session_id, 16)
    const methods = (await ask(as)).body.details.methods
    expect(methods).toEqual(['password'])

    expect((await stepUp(as, { password })).status).toBe(204)

    expect((await ask(as)).status).toBe(200)
    expect((await ask(another.as)).status).toBe(403)
  })

  it('takes the code of who has an app, and their password alone no more', async () => {
    const { as, secret, session_id } = await withTotp(server)
    await age(server, session_id, 16)
    expect((await ask(as)).body.details.methods).toEqual(['totp'])

    expect((await stepUp(as, { password })).status).toBe(403)
    expect((await stepUp(as, { code: wrongCode(secret) })).status).toBe(403)
    expect((await ask(as)).status).toBe(403)
    const code = codeOf(secret)
    expect((await stepUp(as, { code })).status).toBe(204)
    expect((await ask(as)).status).toBe(200)
    expect((await stepUp(as, { code })).status).toBe(403)
  })

  it('takes a passkey that answers the challenge of this session', async () => {
    const { as, id, device, session_id } = await withPasskey(server)
    const another = await server.given.session(id)
    await age(server, session_id, 16)
    const optionsOf = async (by: string) =>
      (await server.call('POST', '/auth/step-up/options', { as: by })).body
    const foreign = device.get((await optionsOf(another.as)).passkey_options)
    expect((await stepUp(as, { passkey: foreign })).status).toBe(403)

    const { methods, passkey_options } = await optionsOf(as)
    expect(methods).toEqual(['passkey'])
    const passkey = device.get(passkey_options)

    expect((await stepUp(as, { passkey })).status).toBe(204)
    expect((await ask(as)).status).toBe(200)
    expect((await stepUp(as, { passkey })).status).toBe(403)
  })

  it('takes the password while second factors are off', async () => {
    const { as, secret, session_id } = await withTotp(server)
    await setPolicy(server, 'off')
    await age(server, session_id, 16)
    expect((await ask(as)).body.details.methods).toEqual(['password'])
    expect((await stepUp(as, { code: codeOf(secret) })).status).toBe(403)
    expect((await stepUp(as, { password })).status).toBe(204)
  })

  it('refuses what is wrong, names the field, and leaves the session as it was', async () => {
    const { as, session_id } = await signIn(server)
    await age(server, session_id, 16)
    for (const body of [{ password: 'not the password' }, { code: '123456' }]) {
      const answer = await refused(server, 'POST', '/auth/step-up', { as, body })
      expect([answer.status, answer.body.error]).toEqual([403, 'reauthentication_required'])
      expect(answer.body.errors).toEqual([{ field: Object.keys(body)[0], message: 'is wrong' }])
    }
    for (const body of [{}, { password, code: '123456' }, { recovery_code: 'x' }]) {
      expect((await refused(server, 'POST', '/auth/step-up', { as, body })).status).toBe(400)
    }
    expect((await server.call('GET', '/me', { as })).status).toBe(200)
    expect((await ask(as)).status).toBe(403)
  })

  it('offers who came from a provider of identities to go there again', async () => {
    const { as, session_id } = await server.given.person()
    await server.database.sql(`UPDATE sessions SET auth_methods = '{sso}' WHERE id = $1`, [
      session_id,
    ])
    await age(server, session_id, 16)
    expect((await ask(as)).body.details.methods).toEqual(['sso'])
  })

  it('is not for tokens', async () => {
    const { given } = server
    const { id } = await signIn(server)
    const { as } = await given.token(id)
    expect(
      (await refused(server, 'POST', '/auth/step-up', { as, body: { password } })).status,
    ).toBe(403)
  })
})
