import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, Line, nullable, ref, Timestamp } from '../../http/schemas.ts'
import { eventTypes } from './event-types.ts'

export const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  examples: ['https://example.com/postern-events'],
})

export const Description = nullable(Line(200, ['Tells our ticket system']))

export const EventTypes = Type.Array(Type.Enum(eventTypes), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  description:
    'Actions of the audit log; `token.*`: all of tokens, also those that a later version adds',
  examples: [['token.*', 'user.deactivated']],
})

const webhookFields = {
  id: Id,
  tenant_id: nullable({ ...Id, description: 'Null: all changes of the platform' }),
  url: Url,
  description: Description,
  event_types: EventTypes,
  is_enabled: Type.Boolean(),
  disabled_reason: nullable(Type.String({ description: 'Why it was disabled, if nobody did' })),
  failing_since: nullable({
    ...Timestamp,
    description: 'Nothing has arrived since; after five days it is disabled',
  }),
  created_at: Timestamp,
  created_by: Id,
}

export const Webhook = Type.Object(webhookFields, { $id: 'Webhook' })

export const WebhookWithSecret = Type.Object(
  {
    ...webhookFields,
    secret: Type.Optional(
      Type.String({
        description: 'Signs what is sent (Standard Webhooks); shown here only',
        examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      }),
    ),
  },
  { $id: 'WebhookWithSecret' },
)

export const DeliveryStatus = Type.Enum(['waiting', 'delivered', 'failed'])

export const WebhookDelivery = Type.Object(
  {
    id: { ...Id, description: 'The `webhook-id` of what is sent, the same at each try' },
    webhook_id: Id,
    type: Type.String({ examples: ['token.created'] }),
    payload: Type.Unsafe<Prisma.JsonValue>(
      Type.Object({}, { additionalProperties: true, description: 'What is sent' }),
    ),
    status: DeliveryStatus,
    attempts: Type.Integer({ examples: [1] }),
    next_attempt_at: nullable(Timestamp),
    response_status: nullable(Type.Integer({ examples: [200] })),
    failure: nullable(Type.String({ examples: ['answered 500'] })),
    created_at: Timestamp,
    ended_at: nullable(Timestamp),
  },
  { $id: 'WebhookDelivery' },
)

export const WebhookRef = ref(Webhook)
export const WebhookWithSecretRef = ref(WebhookWithSecret)
export const WebhookDeliveryRef = ref(WebhookDelivery)

/** Everything but the secrets. */
export const shown = {
  id: true,
  tenant_id: true,
  url: true,
  description: true,
  event_types: true,
  is_enabled: true,
  disabled_reason: true,
  failing_since: true,
  created_at: true,
  created_by: true,
} as const satisfies Prisma.WebhookSelect

export const shownOfDelivery = {
  id: true,
  webhook_id: true,
  type: true,
  payload: true,
  status: true,
  attempts: true,
  next_attempt_at: true,
  response_status: true,
  failure: true,
  created_at: true,
  ended_at: true,
} as const satisfies Prisma.WebhookDeliverySelect
