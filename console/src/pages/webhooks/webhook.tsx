import { Paper } from '@mantine/core'
import { useState } from 'react'
import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { webhookTexts, webhookDetailTexts as words } from '../../texts/webhooks.ts'
import type { Webhook } from '../../webhooks/types.ts'
import { Deliveries } from './deliveries.tsx'
import { Settings, type Typed } from './settings.tsx'
import { Standing } from './standing.tsx'
import { VerifySignatures } from './verify-signatures.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookFacts } from './webhook-facts.tsx'

const followMs = 5000

export function Component() {
  const { id = '' } = useParams()
  const webhook = api.useQuery(
    'get',
    '/api/v1/webhooks/{id}',
    { params: { path: { id } } },
    // What it is sent tells whether it fails: nobody changes it, and it changes.
    { refetchInterval: following(() => true, followMs) },
  )
  return <Loaded query={webhook}>{(data) => <WebhookPage key={data.id} webhook={data} />}</Loaded>
}

/** A webhook has no name: what it is for, or else who is told. */
const nameOf = ({ url, description }: Webhook): string => description ?? new URL(url).host

function WebhookPage({ webhook }: { webhook: Webhook }) {
  // Here, so that a look at another tab drops nothing.
  const [typed, setTyped] = useState<Typed | null>(null)
  return (
    <Page
      title={nameOf(webhook)}
      above={[{ to: '/webhooks', label: webhookTexts.list }]}
      actions={<WebhookActions webhook={webhook} />}
    >
      <Standing webhook={webhook} />
      <Paper withBorder p="lg">
        <WebhookFacts webhook={webhook} />
      </Paper>
      <AddressTabs
        label={nameOf(webhook)}
        tabs={[
          {
            value: 'deliveries',
            label: words.deliveries,
            content: <Deliveries webhook={webhook} />,
          },
          {
            value: 'settings',
            label: words.settings,
            content: <Settings webhook={webhook} typed={typed} setTyped={setTyped} />,
          },
          { value: 'verify', label: words.verify, content: <VerifySignatures /> },
        ]}
      />
    </Page>
  )
}
