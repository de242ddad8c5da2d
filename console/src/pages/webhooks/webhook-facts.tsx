import { DataList } from '@mantine/core'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Time } from '../../components/time.tsx'
import { webhookTexts, webhookDetailTexts as words } from '../../texts/webhooks.ts'
import { EventTypes } from '../../webhooks/event-types.tsx'
import type { Webhook } from '../../webhooks/types.ts'
import { WebhookState } from '../../webhooks/webhook-state.tsx'
import { Place } from './place.tsx'

export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { id, url, tenant_id, event_types, created_at } = webhook
  return (
    <DataList labelWidth="8rem">
      <Fact label={webhookTexts.state}>
        <WebhookState webhook={webhook} />
      </Fact>
      <Fact label={webhookTexts.url}>{url}</Fact>
      <Fact label={webhookTexts.place}>
        <Place tenant_id={tenant_id} />
      </Fact>
      <Fact label={webhookTexts.events}>
        <EventTypes types={event_types} />
      </Fact>
      <Fact label={webhookTexts.created}>
        <Time at={created_at} />
      </Fact>
      <Fact label={words.id}>
        <IdText id={id} />
      </Fact>
    </DataList>
  )
}
