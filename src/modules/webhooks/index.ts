import type { Module } from '../../operation.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { getWebhook } from './get-webhook.ts'
import { listWebhookDeliveries } from './list-webhook-deliveries.ts'
import { listWebhooks } from './list-webhooks.ts'
import { redeliverWebhook } from './redeliver.ts'
import { Webhook, WebhookDelivery, WebhookWithSecret } from './resource.ts'
import { rotateWebhookSecret } from './rotate-webhook-secret.ts'
import { deliverWebhook } from './run/deliver.ts'
import { findDueWebhookDeliveries } from './run/find-due.ts'
import { pruneWebhookDeliveries } from './run/prune.ts'
import { queueDeliveries } from './run/queue-deliveries.ts'
import { testWebhook } from './test-webhook.ts'
import { updateWebhook } from './update-webhook.ts'

export const webhooks: Module = {
  schemas: [Webhook, WebhookWithSecret, WebhookDelivery],
  operations: [
    listWebhooks,
    createWebhook,
    getWebhook,
    updateWebhook,
    deleteWebhook,
    rotateWebhookSecret,
    testWebhook,
    listWebhookDeliveries,
    redeliverWebhook,
  ],
  works: [deliverWebhook, findDueWebhookDeliveries, pruneWebhookDeliveries],
  listeners: [queueDeliveries],
}
