import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { applicationMutations } from './application-mutations.ts'
import { calendarMutations } from './calendar-mutations.ts'
import { importMutations } from './import-mutations.ts'
import { bySession, type Mutation } from './mutation.ts'
import { personnelEventMutations } from './personnel-event-mutations.ts'
import { resetMutations } from './reset-mutations.ts'
import { secondFactorMutations } from './second-factor-mutations.ts'
import { sessionMutations } from './session-mutations.ts'
import { ssoMutations } from './sso-mutations.ts'
import { tokenMutations } from './token-mutations.ts'
import { webhookMutations } from './webhook-mutations.ts'

const password = 'a long enough password'
const noCredential = { credential_kind: null, credential_id: null, credential_name: null }

/**
 * Every operation that changes something, under its operationId and, where it has several events, a
 * word more. Each makes its own scene, so that they can be run in any order.
 */
export const mutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  ...tokenMutations,
  ...applicationMutations,
  ...importMutations,
  ...personnelEventMutations,
  ...secondFactorMutations,
  ...sessionMutations,
  ...ssoMutations,
  ...resetMutations,
  ...calendarMutations,
  ...webhookMutations,

  createUser: async (server) => {
    const tenant = await server.given.tenant()
    const administrator = await server.given.admin()
    const email = emailOf()
    return {
      method: 'POST',
      path: '/users',
      as: administrator.as,
      body: { email, name: 'Ada', password, tenants: [tenant.id] },
      status: 201,
      event: ({ body }) => ({
        ...bySession(administrator),
        action: 'user.created',
        target_type: 'user',
        target_id: body.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { email, name: 'Ada', tenants: [tenant.id] },
      }),
      secrets: () => [password],
    }
  },

  'createUser, invited by a token': async (server) => {
    const { given } = server
    const owner = await given.admin()
    const permissions = ['users.create']
    const name = `token-${owner.id}`
    const token = await given.token(owner.id, { permissions, tenants: ['any'], name })
    const email = emailOf()
    return {
      method: 'POST',
      path: '/users',
      as: token.as,
      body: { email, name: 'Ada', tenants: ['any'] },
      status: 201,
      event: ({ body }) => ({
        actor_id: owner.id,
        actor_name: owner.email,
        credential_kind: 'personal_access_token',
        credential_id: token.id,
        credential_name: name,
        action: 'user.invited',
        target_type: 'user',
        target_id: body.id,
        tenant_ids: [],
        before: null,
        after: { email, name: 'Ada', tenants: ['any'] },
      }),
      secrets: ({ body }) => [body.invitation_url?.split('token=')[1] ?? 'no link', token.as],
    }
  },

  deactivateUser: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id] })
    return {
      method: 'POST',
      path: `/users/${user.id}/deactivate`,
      as: administrator.as,
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.deactivated',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { status: 'active' },
        after: { status: 'deactivated' },
      }),
    }
  },

  activateUser: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id], status: 'deactivated' })
    return {
      method: 'POST',
      path: `/users/${user.id}/activate`,
      as: administrator.as,
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.activated',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { status: 'deactivated' },
        after: { status: 'invited' },
      }),
    }
  },

  updateUser: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id] })
    return {
      method: 'PATCH',
      path: `/users/${user.id}`,
      as: administrator.as,
      body: { name: 'Ada King' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.updated',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { name: user.email },
        after: { name: 'Ada King' },
      }),
    }
  },

  deleteUser: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'read-only', tenant_id: tenant.id }],
    })
    await given.token(user.id)
    return {
      method: 'DELETE',
      path: `/users/${user.id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'user.deleted',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { status: 'active', grants: [{ role: 'read-only', tenant_id: tenant.id }] },
        after: { tokens_revoked: 1 },
      }),
    }
  },

  createServiceAccount: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    return {
      method: 'POST',
      path: '/service-accounts',
      as: administrator.as,
      body: { name: 'Nightly import', tenants: [tenant.id] },
      status: 201,
      event: ({ body }) => ({
        ...bySession(administrator),
        action: 'service_account.created',
        target_type: 'user',
        target_id: body.id,
        tenant_ids: [tenant.id],
        before: null,
        after: {
          name: 'Nightly import',
          description: null,
          tenants: [tenant.id],
          accountable_user_ids: [administrator.id],
        },
      }),
    }
  },

  updateServiceAccount: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const id = await given.serviceAccount([tenant.id])
    const rest = { description: null, accountable_user_ids: [] }
    return {
      method: 'PATCH',
      path: `/service-accounts/${id}`,
      as: administrator.as,
      body: { name: 'Renamed' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'service_account.updated',
        target_type: 'user',
        target_id: id,
        tenant_ids: [tenant.id],
        before: { name: `account-${id}`, ...rest },
        after: { name: 'Renamed', ...rest },
      }),
    }
  },

  deleteServiceAccount: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const id = await given.serviceAccount([tenant.id])
    return {
      method: 'DELETE',
      path: `/service-accounts/${id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'user.deleted',
        target_type: 'user',
        target_id: id,
        tenant_ids: [tenant.id],
        before: { status: 'active', grants: [] },
        after: { tokens_revoked: 0 },
      }),
    }
  },

  deactivateServiceAccount: (server) => accountMove(server, 'deactivate', 'active', 'deactivated'),
  activateServiceAccount: (server) => accountMove(server, 'activate', 'deactivated', 'active'),

  createAccountToken: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const account = await given.serviceAccount([tenant.id])
    await given.grant(account, { permissions: ['tenants.read'], tenant_id: tenant.id })
    const sets = { permissions: ['tenants.read'], tenants: [tenant.id] }
    return {
      method: 'POST',
      path: `/users/${account}/tokens`,
      as: administrator.as,
      body: { name: 'runner', ...sets, expires_at: null },
      status: 201,
      event: ({ body }) => ({
        ...bySession(administrator),
        action: 'token.created',
        target_type: 'token',
        target_id: body.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { name: 'runner', ...sets, expires_at: null },
      }),
      secrets: ({ body }) => [body.token ?? 'no token'],
    }
  },

  assignTenant: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const [administrator, user] = [await given.admin(), await given.person()]
    return {
      method: 'PUT',
      path: `/users/${user.id}/tenants/${tenant.id}`,
      as: administrator.as,
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'user.tenant_assigned',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { tenant: tenant.id },
      }),
    }
  },

  unassignTenant: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id] })
    return {
      method: 'DELETE',
      path: `/users/${user.id}/tenants/${tenant.id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'user.tenant_unassigned',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant.id],
        before: { tenant: tenant.id },
        after: null,
      }),
    }
  },

  createGrant: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const administrator = await given.admin()
    const user = await given.person({ tenants: [tenant.id] })
    const role_id = await given.roleId('read-only')
    const tenant_id = tenant.id
    return {
      method: 'POST',
      path: `/users/${user.id}/grants`,
      as: administrator.as,
      body: { role_id, tenant_id },
      status: 201,
      event: ({ body }) => ({
        ...bySession(administrator),
        action: 'grant.created',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [tenant_id],
        before: null,
        after: { grant_id: body.id, role_id, role: 'read-only', tenant_id },
      }),
    }
  },

  deleteGrant: async (server) => {
    const { given } = server
    const [administrator, user] = [await given.admin(), await given.person()]
    const grant_id = await given.grant(user.id, { role: 'read-only' })
    const role_id = await given.roleId('read-only')
    return {
      method: 'DELETE',
      path: `/users/${user.id}/grants/${grant_id}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'grant.deleted',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [],
        before: { grant_id, role_id, role: 'read-only', tenant_id: null },
        after: null,
      }),
    }
  },

  createTenant: async (server) => {
    const administrator = await server.given.admin()
    const body = { slug: `t-${randomBytes(6).toString('hex')}`, name: 'Acme', type: 'test' }
    return {
      method: 'POST',
      path: '/tenants',
      as: administrator.as,
      body,
      status: 201,
      event: (answer) => ({
        ...bySession(administrator),
        action: 'tenant.created',
        target_type: 'tenant',
        target_id: answer.body.id,
        tenant_ids: [answer.body.id],
        before: null,
        after: body,
      }),
    }
  },

  updateTenant: async (server) => {
    const { given } = server
    const [administrator, tenant] = [await given.admin(), await given.tenant()]
    return {
      method: 'PATCH',
      path: `/tenants/${tenant.id}`,
      as: administrator.as,
      body: { name: 'Nord' },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'tenant.updated',
        target_type: 'tenant',
        target_id: tenant.id,
        tenant_ids: [tenant.id],
        before: { name: tenant.slug },
        after: { name: 'Nord' },
      }),
    }
  },

  suspendTenant: (server) => tenantMove(server, 'suspend', 'active', 'suspended'),

  activateTenant: (server) => tenantMove(server, 'activate', 'suspended', 'active'),

  retireTenant: (server) => tenantMove(server, 'retire', 'active', 'retired'),

  'retireTenant, suspended': (server) => tenantMove(server, 'retire', 'suspended', 'retired'),

  createRole: async (server) => {
    const administrator = await server.given.admin()
    const name = `role-${randomBytes(6).toString('hex')}`
    const body = { name, description: 'Reads', permissions: ['users.read'] }
    return {
      method: 'POST',
      path: '/roles',
      as: administrator.as,
      body,
      status: 201,
      event: (answer) => ({
        ...bySession(administrator),
        action: 'role.created',
        target_type: 'role',
        target_id: answer.body.id,
        tenant_ids: [],
        before: null,
        after: body,
      }),
    }
  },

  updateRole: async (server) => {
    const { given } = server
    const [administrator, role] = [await given.admin(), await given.role(['users.read'])]
    const changes = {
      description: 'Reads and creates',
      permissions: ['users.create', 'users.read'],
    }
    return {
      method: 'PATCH',
      path: `/roles/${role}`,
      as: administrator.as,
      body: { version: 1, ...changes },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'role.updated',
        target_type: 'role',
        target_id: role,
        tenant_ids: [],
        before: { name: `role-${role}`, description: '', permissions: ['users.read'] },
        after: changes,
      }),
    }
  },

  deleteRole: async (server) => {
    const { given } = server
    const [administrator, role] = [await given.admin(), await given.role(['users.read'])]
    return {
      method: 'DELETE',
      path: `/roles/${role}`,
      as: administrator.as,
      status: 204,
      event: () => ({
        ...bySession(administrator),
        action: 'role.deleted',
        target_type: 'role',
        target_id: role,
        tenant_ids: [],
        before: { name: `role-${role}`, description: '', permissions: ['users.read'] },
        after: null,
      }),
    }
  },

  registerPermission: async (server) => {
    const administrator = await server.given.admin()
    const name = `policies.p${randomBytes(6).toString('hex')}`
    return {
      method: 'POST',
      path: '/permissions',
      as: administrator.as,
      body: { name, description: 'Quote' },
      status: 201,
      event: () => ({
        ...bySession(administrator),
        action: 'permission.registered',
        target_type: 'permission',
        target_id: name,
        tenant_ids: [],
        before: null,
        after: { scope: 'tenant', description: 'Quote' },
      }),
    }
  },

  updateSettings: async ({ given, database }) => {
    const administrator = await given.admin()
    const [now] = await database.sql<{ password_min_length: number }>('SELECT * FROM settings')
    const was = now?.password_min_length ?? 0
    return {
      method: 'PATCH',
      path: '/settings',
      as: administrator.as,
      body: { password_min_length: was + 1, never_expiring_tokens_allowed: true },
      status: 200,
      event: () => ({
        ...bySession(administrator),
        action: 'settings.updated',
        target_type: 'settings',
        target_id: 'platform',
        tenant_ids: [],
        before: { password_min_length: was },
        after: { password_min_length: was + 1 },
      }),
    }
  },

  createOwnToken: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    return {
      method: 'POST',
      path: '/me/tokens',
      as: owner.as,
      body: { name: 'CI', expires_at: null },
      status: 201,
      event: ({ body }) => ({
        ...bySession(owner),
        action: 'token.created',
        target_type: 'token',
        target_id: body.id,
        tenant_ids: [tenant.id],
        before: null,
        after: { name: 'CI', permissions: ['users.read'], tenants: [tenant.id], expires_at: null },
      }),
      secrets: ({ body }) => [body.token ?? 'no token'],
    }
  },

  deleteOwnToken: async (server) => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person({ tenants: [tenant.id] })
    const token = await given.token(owner.id, { name: 'CI', tenants: [tenant.id] })
    return {
      method: 'DELETE',
      path: `/me/tokens/${token.id}`,
      as: owner.as,
      status: 204,
      event: () => ({
        ...bySession(owner),
        action: 'token.revoked',
        target_type: 'token',
        target_id: token.id,
        // As at its creation: who reads the audit log of that tenant must see it end.
        tenant_ids: [tenant.id],
        before: expect.objectContaining({ name: 'CI' }),
        after: expect.objectContaining({ revoked_by: owner.id }),
      }),
      secrets: () => [token.as],
    }
  },

  login: async (server) => {
    const user = await joined(server)
    return {
      method: 'POST',
      path: '/auth/login',
      body: { email: user.email, password },
      status: 200,
      event: () => ({
        actor_id: user.id,
        actor_name: user.name,
        ...noCredential,
        action: 'session.created',
        target_type: 'session',
        target_id: expect.any(String),
        tenant_ids: [],
      }),
      secrets: ({ body, headers }) => [
        password,
        body.access_token ?? 'no token',
        cookieOf(headers)?.split('=')[1] ?? 'no cookie',
      ],
    }
  },

  logout: async (server) => {
    const user = await server.given.person()
    return {
      method: 'POST',
      path: '/auth/logout',
      as: user.as,
      status: 204,
      event: () => ({
        ...bySession(user),
        action: 'session.ended',
        target_type: 'session',
        target_id: user.session_id,
        tenant_ids: [],
        after: { ended_reason: 'signed_out' },
      }),
      secrets: () => [user.as],
    }
  },

  changePassword: async (server) => {
    const user = await joined(server)
    const { as, session_id } = await server.given.session(user.id)
    await server.given.session(user.id)
    const next = 'another long enough password'
    return {
      method: 'POST',
      path: '/me/password',
      as,
      body: { current_password: password, new_password: next },
      status: 204,
      event: () => ({
        ...bySession({ id: user.id, email: user.name, session_id }),
        action: 'user.password_changed',
        target_type: 'user',
        target_id: user.id,
        tenant_ids: [],
        before: null,
        after: { sessions_ended: 1 },
      }),
      secrets: () => [password, next, as],
    }
  },

  deleteOwnSession: async (server) => {
    const user = await server.given.person()
    const { session_id } = await server.given.session(user.id)
    return {
      method: 'DELETE',
      path: `/me/sessions/${session_id}`,
      as: user.as,
      status: 204,
      event: () => ({
        ...bySession(user),
        action: 'session.ended',
        target_type: 'session',
        target_id: session_id,
        tenant_ids: [],
        before: null,
        after: { ended_reason: 'ended_by_user' },
      }),
    }
  },

  // A first use only renews the session's own key; a second one ends the session.
  refresh: async (server) => {
    const user = await joined(server)
    const signedIn = await server.call('POST', '/auth/login', {
      body: { email: user.email, password },
    })
    const headers = { cookie: cookieOf(signedIn.headers) ?? '' }
    await server.call('POST', '/auth/refresh', { headers })
    return {
      method: 'POST',
      path: '/auth/refresh',
      headers,
      status: 401,
      event: () => ({
        actor_id: user.id,
        actor_name: user.name,
        ...noCredential,
        action: 'session.ended',
        target_type: 'session',
        target_id: expect.any(String),
        tenant_ids: [],
        after: { ended_reason: 'refresh_replayed' },
      }),
      secrets: () => [headers.cookie.split('=')[1] ?? 'no cookie'],
    }
  },

  acceptInvitation: async (server) => {
    const tenant = await server.given.tenant()
    const invited = await invitation(server, [tenant.id])
    return {
      method: 'POST',
      path: '/auth/accept-invitation',
      body: { token: invited.token, password },
      status: 204,
      event: () => ({
        actor_id: invited.id,
        actor_name: invited.name,
        ...noCredential,
        action: 'user.joined',
        target_type: 'user',
        target_id: invited.id,
        tenant_ids: [tenant.id],
        before: { status: 'invited' },
        after: { status: 'active' },
      }),
      secrets: () => [password, invited.token],
    }
  },
}

const emailOf = () => `${randomBytes(6).toString('hex')}@example.com`

async function tenantMove(
  { given }: TestServer,
  way: 'suspend' | 'activate' | 'retire',
  before: string,
  after: string,
): Promise<Mutation> {
  const [administrator, tenant] = [await given.admin(), await given.tenant('test', before)]
  const actions = { suspend: 'suspended', activate: 'activated', retire: 'retired' }
  return {
    method: 'POST',
    path: `/tenants/${tenant.id}/${way}`,
    as: administrator.as,
    status: 200,
    event: () => ({
      ...bySession(administrator),
      action: `tenant.${actions[way]}`,
      target_type: 'tenant',
      target_id: tenant.id,
      tenant_ids: [tenant.id],
      before: { status: before },
      after: { status: after },
    }),
  }
}

async function invitation({ given, call }: TestServer, tenants: string[]) {
  const { as } = await given.admin()
  const body = { email: emailOf(), name: 'Grace Hopper', tenants }
  const created = (await call('POST', '/users', { as, body })).body
  return { ...body, id: created.id as string, token: created.invitation_url.split('token=')[1] }
}

async function joined(server: TestServer) {
  const { token, ...user } = await invitation(server, [])
  await server.call('POST', '/auth/accept-invitation', { body: { token, password } })
  return user
}

const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0]

async function accountMove(
  server: TestServer,
  verb: 'deactivate' | 'activate',
  before: string,
  after: string,
): Promise<Mutation> {
  const { given } = server
  const tenant = await given.tenant()
  const administrator = await given.admin()
  const id = await given.serviceAccount([tenant.id], before)
  return {
    method: 'POST',
    path: `/service-accounts/${id}/${verb}`,
    as: administrator.as,
    status: 200,
    event: () => ({
      ...bySession(administrator),
      action: `user.${verb}d`,
      target_type: 'user',
      target_id: id,
      tenant_ids: [tenant.id],
      before: { status: before },
      after: { status: after },
    }),
  }
}
