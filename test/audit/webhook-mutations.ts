import { expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { bySession, type Mutation } from './mutation.ts'

const url = 'https://example.com/hook?key=hidden'
const told = {
  url: 'https://example.com',
  description: null,
  event_types: ['token.*'],
  is_enabled: true,
}

/** Somebody who may change one tenant, and its webhook. */
async function sceneOf({ given }: TestServer) {
  const tenant = await given.tenant()
  const grants = [{ permissions: ['tenants.update', 'audit.read'], tenant_id: tenant.id }]
  const person = await given.person({ tenants: [tenant.id], grants })
  const webhook = await given.webhook(tenant.id)
  const event = (action: string, target_id: string, before: unknown, after: unknown) => ({
    ...bySession(person),
    action: `webhook.${action}`,
    target_type: 'webhook',
    target_id,
    tenant_ids: [tenant.id],
    before,
    after,
  })
  return { tenant, as: person.as, webhook, path: `/webhooks/${webhook.id}`, event }
}

type Mutations = Record<string, (server: TestServer) => Promise<Mutation>>

export const webhookMutations: Mutations = {
  createWebhook: async (server) => {
    const { tenant, as, event } = await sceneOf(server)
    return {
      method: 'POST',
      path: '/webhooks',
      as,
      body: { tenant_id: tenant.id, url, event_types: ['token.*'] },
      status: 201,
      event: ({ body }) => event('created', body.id, null, told),
      secrets: ({ body }) => [body.secret ?? 'no secret'],
    }
  },

  updateWebhook: async (server) => {
    const { as, webhook, path, event } = await sceneOf(server)
    const after = { ...told, is_enabled: false }
    return {
      method: 'PATCH',
      path,
      as,
      body: { is_enabled: false },
      status: 200,
      event: () => event('updated', webhook.id, told, after),
      secrets: () => [webhook.secret],
    }
  },

  deleteWebhook: async (server) => {
    const { as, webhook, path, event } = await sceneOf(server)
    return {
      method: 'DELETE',
      path,
      as,
      status: 204,
      event: () => event('deleted', webhook.id, told, null),
      secrets: () => [webhook.secret],
    }
  },

  rotateWebhookSecret: async (server) => {
    const { as, webhook, path, event } = await sceneOf(server)
    const after = { previous_secret_until: expect.any(String) }
    return {
      method: 'POST',
      path: `${path}/rotate-secret`,
      as,
      status: 201,
      event: () => event('secret_rotated', webhook.id, null, after),
      secrets: ({ body }) => [webhook.secret, body.secret ?? 'no secret'],
    }
  },

  testWebhook: async (server) => {
    const { as, webhook, path, event } = await sceneOf(server)
    return {
      method: 'POST',
      path: `${path}/test`,
      as,
      status: 200,
      event: ({ body }) => event('tested', webhook.id, null, { delivery_id: body.id }),
      secrets: () => [webhook.secret],
    }
  },

  redeliverWebhook: async (server) => {
    const { as, webhook, path, event } = await sceneOf(server)
    const { id, delivery_id } = webhook
    return {
      method: 'POST',
      path: `${path}/deliveries/${delivery_id}/redeliver`,
      as,
      status: 200,
      event: () => event('redelivered', id, null, { delivery_id, type: 'webhook.test' }),
      secrets: () => [webhook.secret],
    }
  },
}
