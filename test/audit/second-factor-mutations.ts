import { codeOf } from '../modules/second-factors/enrolled.ts'
import { authenticator } from '../support/authenticator.ts'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

type Prepare = (server: TestServer) => Promise<Mutation>

// As the server that the mutations are sent to takes its own place to be, without PUBLIC_URL and with port 0.
const origin = 'http://127.0.0.1:0'

const person = async (server: TestServer) => {
  const { password, ...someone } = await server.given.withPassword()
  return { ...someone, password, by: { ...bySession(someone), actor_name: someone.name } }
}

async function withTotp(server: TestServer) {
  const someone = await person(server)
  const { as, id } = someone
  const { secret } = (await server.call('POST', '/me/totp', { as })).body
  const body = { code: codeOf(secret) }
  await server.call('POST', '/me/totp/confirm', { as, body })
  await server.database.sql('UPDATE totp_factors SET last_step = NULL WHERE user_id = $1', [id])
  return { ...someone, secret: secret as string }
}

async function withPasskey(server: TestServer) {
  const someone = await person(server)
  const { as } = someone
  const device = authenticator(origin)
  const options = (await server.call('POST', '/me/passkeys/options', { as })).body
  const body = { name: 'Laptop', passkey: device.create(options) }
  const { id } = (await server.call('POST', '/me/passkeys', { as, body })).body
  return { ...someone, device, passkey_id: id as string }
}

const ofUser = (action: string, id: string) => ({
  action,
  target_type: 'user',
  target_id: id,
  tenant_ids: [],
  before: null,
})
const ofPasskey = (action: string, id: string) => ({
  action,
  target_type: 'passkey',
  target_id: id,
  tenant_ids: [],
})
const begun = (after: object) => ({
  credential_kind: null,
  credential_id: null,
  action: 'session.created',
  target_type: 'session',
  after: { identity_provider_id: null, ...after },
})

/** What people do about their second factors, and with them. */
export const secondFactorMutations: Record<string, Prepare> = {
  enrolTotp: async (server) => {
    const { as, id, by } = await person(server)
    return {
      method: 'POST',
      path: '/me/totp',
      as,
      status: 200,
      event: () => ({ ...by, ...ofUser('totp.created', id), after: null }),
      secrets: ({ body }) => [body.secret ?? 'no secret', body.otpauth_url ?? 'no address'],
    }
  },

  confirmTotp: async (server) => {
    const { as, id, by } = await person(server)
    const { secret } = (await server.call('POST', '/me/totp', { as })).body
    return {
      method: 'POST',
      path: '/me/totp/confirm',
      as,
      body: { code: codeOf(secret) },
      status: 204,
      event: () => ({
        ...by,
        ...ofUser('totp.confirmed', id),
        after: { replaces_another: false },
      }),
      secrets: () => [secret],
    }
  },

  deleteTotp: async (server) => {
    const { as, id, by } = await withTotp(server)
    await server.call('POST', '/me/recovery-codes', { as })
    return {
      method: 'DELETE',
      path: '/me/totp',
      as,
      status: 204,
      event: () => ({
        ...by,
        ...ofUser('totp.deleted', id),
        after: { recovery_codes_deleted: 10 },
      }),
    }
  },

  renewRecoveryCodes: async (server) => {
    const { as, id, by } = await withTotp(server)
    return {
      method: 'POST',
      path: '/me/recovery-codes',
      as,
      status: 200,
      event: () => ({
        ...by,
        ...ofUser('recovery_codes.renewed', id),
        after: { recovery_codes: 10 },
      }),
      secrets: ({ body }) => body.recovery_codes,
    }
  },

  createPasskey: async (server) => {
    const { as, by } = await person(server)
    const options = (await server.call('POST', '/me/passkeys/options', { as })).body
    return {
      method: 'POST',
      path: '/me/passkeys',
      as,
      body: { name: 'Laptop', passkey: authenticator(origin).create(options) },
      status: 201,
      event: ({ body }) => ({
        ...by,
        ...ofPasskey('passkey.created', body.id),
        before: null,
        after: { name: 'Laptop', is_backed_up: false },
      }),
      secrets: () => [options.challenge],
    }
  },

  renamePasskey: async (server) => {
    const { as, by, passkey_id } = await withPasskey(server)
    return {
      method: 'PATCH',
      path: `/me/passkeys/${passkey_id}`,
      as,
      body: { name: 'Phone' },
      status: 200,
      event: () => ({
        ...by,
        ...ofPasskey('passkey.updated', passkey_id),
        before: { name: 'Laptop' },
        after: { name: 'Phone' },
      }),
    }
  },

  deletePasskey: async (server) => {
    const { as, by, passkey_id } = await withPasskey(server)
    return {
      method: 'DELETE',
      path: `/me/passkeys/${passkey_id}`,
      as,
      status: 204,
      event: () => ({
        ...by,
        ...ofPasskey('passkey.deleted', passkey_id),
        before: { name: 'Laptop' },
        after: { recovery_codes_deleted: 0 },
      }),
    }
  },

  showSecondFactor: async (server) => {
    const { email, password, secret, id, name } = await withTotp(server)
    const { challenge } = (await server.call('POST', '/auth/login', { body: { email, password } }))
      .body
    const code = codeOf(secret)
    return {
      method: 'POST',
      path: '/auth/second-factor',
      body: { challenge, code },
      status: 200,
      event: () => ({
        actor_id: id,
        actor_name: name,
        ...begun({ auth_methods: ['password', 'totp'] }),
      }),
      secrets: () => [challenge, secret],
    }
  },

  'showSecondFactor, a recovery code': async (server) => {
    const { email, password, secret, id, name } = await withTotp(server)
    const body = { email, password }
    const { challenge } = (await server.call('POST', '/auth/login', { body })).body
    const { recovery_codes } = (
      await server.call('POST', '/me/recovery-codes', { as: await signedIn(challenge) })
    ).body
    const again = (await server.call('POST', '/auth/login', { body })).body.challenge
    return {
      method: 'POST',
      path: '/auth/second-factor',
      body: { challenge: again, recovery_code: recovery_codes[0] },
      status: 200,
      event: () => ({
        actor_id: id,
        actor_name: name,
        ...begun({ auth_methods: ['password', 'recovery_code'] }),
      }),
      secrets: () => [again, recovery_codes[0]],
    }

    async function signedIn(challenge: string): Promise<string> {
      const proof = { challenge, code: codeOf(secret) }
      return (await server.call('POST', '/auth/second-factor', { body: proof })).body.access_token
    }
  },

  signInWithPasskey: async (server) => {
    const { device, id, name } = await withPasskey(server)
    const options = (await server.call('POST', '/auth/passkey/options')).body
    return {
      method: 'POST',
      path: '/auth/passkey',
      body: { passkey: device.get(options) },
      status: 200,
      event: () => ({ actor_id: id, actor_name: name, ...begun({ auth_methods: ['passkey'] }) }),
      secrets: () => [options.challenge],
    }
  },

  stepUp: async (server) => {
    const { as, by, password, session_id } = await person(server)
    return {
      method: 'POST',
      path: '/auth/step-up',
      as,
      body: { password },
      status: 204,
      event: () => ({
        ...by,
        action: 'session.reauthenticated',
        target_type: 'session',
        target_id: session_id,
        before: null,
        after: { method: 'password' },
      }),
      secrets: () => [password],
    }
  },
}
