import type { components, operations } from '../generated/api.d.ts'

export type Webhook = components['schemas']['Webhook']
export type EventType = Webhook['event_types'][number]
export type Delivery = components['schemas']['WebhookDelivery']
export type DeliveryPage =
  operations['listWebhookDeliveries']['responses'][200]['content']['application/json']
