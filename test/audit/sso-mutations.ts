import { v7 as uuidv7 } from 'uuid'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const client_secret = 'between the provider and us'
const noJit = { enabled: false, tenants: [], grants: [] }

/** Who may vouch for people, and for whom. */
export const ssoMutations: Record<string, (server: TestServer) => Promise<Mutation>> = {
  createIdentityProvider: async ({ given }) => {
    const admin = await given.admin()
    const name = uuidv7()
    const fields = { name, issuer: `https://${name}.example.com`, client_id: 'postern' }
    return {
      method: 'POST',
      path: '/identity-providers',
      as: admin.as,
      body: { ...fields, client_secret },
      status: 201,
      event: ({ body }) => ({
        ...bySession(admin),
        action: 'identity_provider.created',
        target_type: 'identity_provider',
        target_id: body.id,
        tenant_ids: [],
        before: null,
        after: {
          ...fields,
          allowed_domains: [],
          is_enabled: true,
          jit: noJit,
          has_client_secret: true,
        },
      }),
      secrets: () => [client_secret],
    }
  },

  updateIdentityProvider: async ({ given }) => {
    const admin = await given.admin()
    const provider = await given.identityProvider()
    return {
      method: 'PATCH',
      path: `/identity-providers/${provider.id}`,
      as: admin.as,
      body: { is_enabled: false, client_secret },
      status: 200,
      event: () => ({
        ...bySession(admin),
        action: 'identity_provider.updated',
        target_type: 'identity_provider',
        target_id: provider.id,
        tenant_ids: [],
        before: { is_enabled: true },
        after: {
          is_enabled: false,
          client_secret_changed: true,
          effect: { people: 0, locked_out: 0, sessions: 0, tokens: 0 },
        },
      }),
      secrets: () => [client_secret],
    }
  },

  deleteIdentityProvider: async ({ given }) => {
    const admin = await given.admin()
    const { id, name, issuer, client_id } = await given.identityProvider()
    return {
      method: 'DELETE',
      path: `/identity-providers/${id}`,
      as: admin.as,
      status: 204,
      event: () => ({
        ...bySession(admin),
        action: 'identity_provider.deleted',
        target_type: 'identity_provider',
        target_id: id,
        tenant_ids: [],
        before: { name, issuer, client_id, allowed_domains: [], is_enabled: true, jit: noJit },
        after: { people: 0, locked_out: 0, sessions: 0, tokens: 0 },
      }),
    }
  },

  deleteOwnExternalIdentity: async ({ given }) => {
    const person = await given.withPassword()
    const provider = await given.identityProvider()
    const id = await given.externalIdentity(person.id, provider, 'ada')
    return {
      method: 'DELETE',
      path: `/me/external-identities/${id}`,
      as: person.as,
      status: 204,
      event: () => ({
        ...bySession(person),
        actor_name: person.name,
        action: 'external_identity.unlinked',
        target_type: 'user',
        target_id: person.id,
        tenant_ids: [],
        before: {
          external_identity_id: id,
          identity_provider_id: provider.id,
          issuer: provider.issuer,
          subject: 'ada',
        },
        after: { sessions_ended: 0 },
      }),
    }
  },
}
