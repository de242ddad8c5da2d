import { Group, Stack, Text } from '@mantine/core'
import { PersonName } from '../../components/person-name.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Time } from '../../components/time.tsx'
import { limitTexts as texts } from '../../texts/limit-requests.ts'
import { instantInWords } from '../../tokens/expiry.ts'
import { ApproveRequest } from './approve-request.tsx'
import { DenyRequest } from './deny-request.tsx'
import type { LimitRequest } from './limit-request.ts'

/** What has become of a request; as long as nothing has, what can. */
export function Decision({ row }: { row: LimitRequest }) {
  if (row.status === 'pending') {
    return (
      <Group gap="xs" wrap="nowrap">
        <ApproveRequest row={row} />
        <DenyRequest row={row} />
      </Group>
    )
  }
  const isApproved = row.status === 'approved'
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge tone={isApproved ? 'good' : 'stopped'}>{texts.statuses[row.status]}</StateBadge>
      {row.granted_limit !== null && (
        <Text size="sm">
          {texts.grantedFor(row.granted_limit)}
          {row.granted_until !== null && (
            <>
              {' '}
              {texts.grantedUntil} {instantInWords(row.granted_until)}
            </>
          )}
        </Text>
      )}
      <Text size="sm">
        <Time at={row.decided_at} />
        {row.decided_by !== null && (
          <>
            {' '}
            {texts.by} <PersonName id={row.decided_by} />
          </>
        )}
      </Text>
      {row.decision_reason !== null && (
        <Text size="sm" maw={280}>
          {texts.because(row.decision_reason)}
        </Text>
      )}
    </Stack>
  )
}
