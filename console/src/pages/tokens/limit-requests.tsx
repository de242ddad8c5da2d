import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconHourglass, IconX } from '@tabler/icons-react'
import { exactly, Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { limitTexts } from '../../texts/tokens.ts'

type LimitRequest = components['schemas']['TokenLimitRequest']

const looks = {
  pending: { color: 'blue', Icon: IconHourglass },
  approved: { color: 'green', Icon: IconCheck },
  denied: { color: 'red', Icon: IconX },
} satisfies Record<LimitRequest['status'], unknown>

/** What one asked for, and what became of it, in the words of whoever decided. */
export function LimitRequests({ requests }: { requests: readonly LimitRequest[] }) {
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {requests.map((request) => (
        <li key={request.id}>
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              {limitTexts.asked(request.requested_limit)}
            </Text>
            <Status status={request.status} />
          </Group>
          <Text size="sm">
            <Time at={request.created_at} />: <bdi>{request.reason}</bdi>
          </Text>
          <Decision request={request} />
        </li>
      ))}
    </Stack>
  )
}

function Status({ status }: Pick<LimitRequest, 'status'>) {
  const { color, Icon } = looks[status]
  return (
    <Badge
      variant="light"
      color={color}
      c="var(--mantine-color-text)"
      tt="none"
      leftSection={<Icon size={12} aria-hidden />}
    >
      {limitTexts.status[status]}
    </Badge>
  )
}

function Decision({ request }: { request: LimitRequest }) {
  const { granted_limit, granted_until, decision_reason } = request
  return (
    <>
      {granted_limit !== null && (
        <Text size="sm">
          {limitTexts.granted(granted_limit)}
          {granted_until !== null && ` ${limitTexts.grantedUntil} ${exactly(granted_until)}`}
        </Text>
      )}
      {decision_reason !== null && (
        <Text size="sm">
          <bdi>{decision_reason}</bdi>
        </Text>
      )}
    </>
  )
}
