import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Column } from '../../components/data-table.tsx'
import { Time } from '../../components/time.tsx'
import { webhookTexts as words } from '../../texts/webhooks.ts'
import { FewEventTypes } from '../../webhooks/event-types.tsx'
import type { Webhook } from '../../webhooks/types.ts'
import { WebhookState } from '../../webhooks/webhook-state.tsx'
import { Place } from './place.tsx'

export const columns: readonly Column<Webhook>[] = [
  {
    title: words.url,
    cell: ({ id, url, description }) => (
      <Stack gap={0}>
        <Anchor
          component={Link}
          to={`/webhooks/${id}`}
          size="sm"
          fw={600}
          lineClamp={2}
          title={url}
          style={{ overflowWrap: 'anywhere' }}
        >
          {url}
        </Anchor>
        {description !== null && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            <bdi>{description}</bdi>
          </Text>
        )}
      </Stack>
    ),
  },
  {
    title: words.place,
    cell: ({ tenant_id }) => (
      <Text size="sm">
        <Place tenant_id={tenant_id} />
      </Text>
    ),
  },
  { title: words.events, cell: ({ event_types }) => <FewEventTypes types={event_types} /> },
  { title: words.state, cell: (webhook) => <WebhookState webhook={webhook} /> },
  {
    title: words.created,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" style={{ whiteSpace: 'nowrap' }} />,
  },
]
