import { systemPrincipalId } from '../../src/db/reach-filters.ts'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

type Prepare = (server: TestServer) => Promise<Mutation>

/** What administrators do about tokens, their owners and their limits. */
export const tokenMutations: Record<string, Prepare> = {
  deleteUserToken: (server) => deletion(server, true),
  'deleteUserToken, by a system token': (server) => deletion(server, false),

  blockToken: async (server) => {
    const { tenant, owner, token, administrator } = await scene(server)
    const { as } = administrator
    return {
      method: 'PUT',
      path: `/tenants/${tenant}/tokens/${token.id}/block`,
      as,
      body: { reason: 'Exports at night' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        ...ofToken('token.blocked', token.id, [tenant]),
        before: null,
        after: { name: 'CI', owner_id: owner.id, reason: 'Exports at night' },
      }),
      secrets: () => [token.as],
    }
  },

  'blockToken, for another reason': async (server) => {
    const { tenant, token, administrator } = await scene(server)
    const path = `/tenants/${tenant}/tokens/${token.id}/block`
    await server.call('PUT', path, { as: administrator.as, body: { reason: 'Exports at night' } })
    return {
      method: 'PUT',
      path,
      as: administrator.as,
      body: { reason: 'Exports by day, too' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        ...ofToken('token.blocked', token.id, [tenant]),
        before: { reason: 'Exports at night' },
        after: { name: 'CI', reason: 'Exports by day, too' },
      }),
    }
  },

  unblockToken: async (server) => {
    const { tenant, owner, token, administrator } = await scene(server)
    const { as } = administrator
    const path = `/tenants/${tenant}/tokens/${token.id}/block`
    await server.call('PUT', path, { as, body: { reason: 'Exports at night' } })
    return {
      method: 'DELETE',
      path,
      as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        ...ofToken('token.unblocked', token.id, [tenant]),
        before: { name: 'CI', owner_id: owner.id, reason: 'Exports at night' },
        after: null,
      }),
    }
  },

  createSystemToken: async (server) => {
    const administrator = await server.given.admin()
    const name = `HR import ${administrator.id}`
    return {
      method: 'POST',
      path: '/system/tokens',
      as: administrator.as,
      body: { name, expires_at: null },
      status: 201,
      event: ({ body }) => ({
        ...bySession(administrator),
        ...ofToken('token.created', body.id, []),
        before: null,
        after: {
          name,
          owner_id: systemPrincipalId,
          permissions: ['*.*'],
          tenants: ['any'],
          expires_at: null,
        },
      }),
      secrets: ({ body }) => [body.token ?? 'no token'],
    }
  },

  deleteSystemToken: async (server) => {
    const administrator = await server.given.admin()
    const name = `HR import ${administrator.id}`
    const token = await server.given.systemToken({ name })
    return {
      method: 'DELETE',
      path: `/system/tokens/${token.id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        ...ofToken('token.revoked', token.id, []),
        before: { name, owner_id: systemPrincipalId },
        after: { revoked_by: administrator.id, revoked_reason: 'deleted by an administrator' },
      }),
      secrets: () => [token.as],
    }
  },

  requestTokenLimit: async ({ given }) => {
    const user = await given.person()
    return {
      method: 'POST',
      path: '/me/token-limit-requests',
      as: user.as,
      body: { requested_limit: 6, reason: 'Four regions' },
      status: 201,
      event: ({ body }) => ({
        ...bySession(user),
        ...ofUser('token_limit.requested', user.id),
        before: { token_limit: 3 },
        after: { request_id: body.id, requested_limit: 6, reason: 'Four regions' },
      }),
    }
  },

  approveTokenLimitRequest: async ({ given }) => {
    const [administrator, user] = [await given.admin(), await given.person()]
    const id = await given.limitRequest(user.id)
    const granted_until = '2999-12-31T00:00:00.000Z'
    return {
      method: 'POST',
      path: `/token-limit-requests/${id}/approve`,
      as: administrator.as,
      body: { granted_limit: 7, granted_until, reason: 'Until the merger' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        ...ofUser('token_limit.approved', user.id),
        before: { token_limit: 3, token_limit_until: null },
        after: {
          request_id: id,
          token_limit: 7,
          token_limit_until: granted_until,
          decision_reason: 'Until the merger',
        },
      }),
    }
  },

  'approveTokenLimitRequest, by a system token': async ({ given }) => {
    const user = await given.person()
    const id = await given.limitRequest(user.id)
    const name = `Approvals ${id}`
    const token = await given.systemToken({ name })
    return {
      method: 'POST',
      path: `/token-limit-requests/${id}/approve`,
      as: token.as,
      status: 200,
      event: () => ({
        ...bySystem(token.id, name),
        ...ofUser('token_limit.approved', user.id),
        after: { request_id: id, token_limit: 5, token_limit_until: null, decision_reason: null },
      }),
      secrets: () => [token.as],
    }
  },

  denyTokenLimitRequest: async ({ given }) => {
    const [administrator, user] = [await given.admin(), await given.person()]
    const id = await given.limitRequest(user.id)
    return {
      method: 'POST',
      path: `/token-limit-requests/${id}/deny`,
      as: administrator.as,
      body: { reason: 'Use a service account' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        ...ofUser('token_limit.denied', user.id),
        before: null,
        after: { request_id: id, decision_reason: 'Use a service account' },
      }),
    }
  },
}

/** Someone in a tenant, with a token that reaches it. */
async function scene({ given }: TestServer) {
  const tenant = (await given.tenant()).id
  const owner = await given.person({ tenants: [tenant] })
  const token = await given.token(owner.id, { tenants: [tenant], name: 'CI' })
  return { tenant, owner, token, administrator: await given.admin() }
}

async function deletion(server: TestServer, isSignedIn: boolean): Promise<Mutation> {
  const { tenant, owner, token, administrator } = await scene(server)
  const name = `Scanner ${token.id}`
  const system = await server.given.systemToken({ name })
  return {
    method: 'DELETE',
    path: `/users/${owner.id}/tokens/${token.id}?reason=leaked`,
    as: isSignedIn ? administrator.as : system.as,
    status: 204,
    event: () => ({
      ...(isSignedIn ? bySession(administrator) : bySystem(system.id, name)),
      ...ofToken('token.revoked', token.id, [tenant]),
      before: { name: 'CI', owner_id: owner.id },
      after: {
        revoked_by: isSignedIn ? administrator.id : systemPrincipalId,
        revoked_reason: 'leaked',
      },
    }),
    secrets: () => [token.as, system.as],
  }
}

/** All system tokens have one owner: what tells them apart is the token's own name, as the actor's. */
const bySystem = (credential_id: string, name: string) => ({
  actor_id: systemPrincipalId,
  actor_name: name,
  credential_kind: 'personal_access_token',
  credential_id,
  credential_name: name,
})

const ofToken = (action: string, target_id: string, tenant_ids: string[]) => ({
  action,
  target_type: 'token',
  target_id,
  tenant_ids,
})

const ofUser = (action: string, target_id: string) => ({
  action,
  target_type: 'user',
  target_id,
  tenant_ids: [],
})
