import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

/** Somebody in one tenant, and who has a say over them. */
async function administered({ given }: TestServer) {
  const tenant = await given.tenant()
  const administrator = await given.admin()
  const user = await given.person({ tenants: [tenant.id] })
  return { tenant, administrator, user }
}

/** Ends of sessions, in mutations.ts's terms. */
export const sessionMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  deleteOtherSessions: async (server) => {
    const user = await server.given.person()
    await server.given.session(user.id)
    await server.given.session(user.id)
    return {
      method: 'DELETE',
      path: '/me/sessions',
      as: user.as,
      status: 200,
      event: () => ({
        ...bySession(user),
        action: 'user.sessions_ended',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [],
        before: null,
        after: { sessions_ended: 2, ended_reason: 'ended_by_user' },
      }),
    }
  },

  deleteUserSession: async (server) => {
    const { tenant, administrator, user } = await administered(server)
    return {
      method: 'DELETE',
      path: `/users/${user.id}/sessions/${user.session_id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'session.ended',
        target_type: 'session',
        target_id: user.session_id,
        tenant_ids: [tenant.id],
        before: null,
        after: { user_id: user.id, ended_reason: 'ended_by_administrator' },
      }),
    }
  },

  deleteUserSessions: async (server) => {
    const { tenant, administrator, user } = await administered(server)
    await server.given.session(user.id)
    return {
      method: 'DELETE',
      path: `/users/${user.id}/sessions`,
      as: administrator.as,
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.sessions_ended',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { sessions_ended: 2, ended_reason: 'ended_by_administrator' },
      }),
    }
  },

  deleteUserExternalIdentity: async (server) => {
    const { tenant, administrator, user } = await administered(server)
    const provider = await server.given.identityProvider()
    const id = await server.given.externalIdentity(user.id, provider, 'ada')
    await server.given.cameFrom(user.session_id, provider)
    const { issuer } = provider
    return {
      method: 'DELETE',
      path: `/users/${user.id}/external-identities/${id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'external_identity.unlinked',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: {
          ...{ external_identity_id: id, identity_provider_id: provider.id },
          ...{ issuer, subject: 'ada' },
        },
        after: { sessions_ended: 1 },
      }),
    }
  },

  deleteUserSecondFactors: async (server) => {
    const { tenant, administrator, user } = await administered(server)
    await server.given.passkey(user.id)
    return {
      method: 'DELETE',
      path: `/users/${user.id}/second-factors`,
      as: administrator.as,
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.second_factors_reset',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: null,
        after: {
          totp_deleted: 0,
          passkeys_deleted: 1,
          recovery_codes_deleted: 0,
          sessions_ended: 1,
        },
      }),
    }
  },

  endUserCredentials: async (server) => {
    const { tenant, administrator, user } = await administered(server)
    await server.given.token(user.id)
    return {
      method: 'POST',
      path: `/users/${user.id}/end-credentials`,
      as: administrator.as,
      status: 200,
      event: ({ body }) => ({
        ...bySession(administrator),
        action: 'user.credentials_ended',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { credentials_valid_from: null },
        after: {
          credentials_valid_from: body.credentials_valid_from,
          sessions_ended: 1,
          tokens_revoked: 1,
          invitations_ended: 0,
          recovery_codes_deleted: 0,
          totp_deleted: 0,
          passkeys_deleted: 0,
          external_identities_deleted: 0,
        },
      }),
    }
  },
}
