import { Code, DataList, Modal, ScrollArea, Stack, Text } from '@mantine/core'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Time } from '../../components/time.tsx'
import { deliveryTexts as words } from '../../texts/webhooks.ts'
import type { Delivery } from '../../webhooks/types.ts'
import { answerOf, DeliveryStatus } from './delivery-status.tsx'

/** Open while there is a delivery to show. */
type Props = { delivery: Delivery | null; onClose: () => void }

/** All that is known of one delivery, and what its receiver gets. */
export function DeliveryDialog({ delivery, onClose }: Props) {
  return (
    <Modal
      opened={delivery !== null}
      onClose={onClose}
      title={delivery?.type}
      size="lg"
      transitionProps={{ duration: 0 }}
      centered
    >
      {delivery && <Details delivery={delivery} />}
    </Modal>
  )
}

function Details({ delivery }: { delivery: Delivery }) {
  const { id, status, attempts, next_attempt_at, created_at, ended_at, payload } = delivery
  return (
    <Stack>
      <DataList labelWidth="8rem">
        <Fact label={words.status}>
          <DeliveryStatus status={status} />
        </Fact>
        <Fact label={words.answer}>
          {answerOf(delivery)}
          <Cause failure={delivery.failure} />
        </Fact>
        <Fact label={words.attempts}>{attempts}</Fact>
        <Fact label={words.next}>
          <Time at={next_attempt_at} never={words.noNext} />
        </Fact>
        <Fact label={words.created}>
          <Time at={created_at} />
        </Fact>
        <Fact label={words.ended}>
          <Time at={ended_at} never={words.notEnded} />
        </Fact>
        <Fact label={words.webhookId}>
          <IdText id={id} />
        </Fact>
      </DataList>
      <Text size="xs" c="dimmed">
        {words.webhookIdAbout}
      </Text>
      <Text size="sm" fw={600}>
        {words.payload}
      </Text>
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Code block>{JSON.stringify(payload, null, 2)}</Code>
      </ScrollArea.Autosize>
    </Stack>
  )
}

const causes: Record<string, string> = words.causes

function Cause({ failure }: Pick<Delivery, 'failure'>) {
  const cause = failure === null ? undefined : causes[failure]
  if (cause === undefined) return null
  return (
    <Text size="xs" c="dimmed">
      {cause}
    </Text>
  )
}
