import { Alert, Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconEyeOff } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'
import { impactTexts } from '../texts/impact.ts'
import { FailureAlert } from './failure.tsx'
import { type Impact, ImpactList } from './impact-list.tsx'

type Props = {
  query: UseQueryResult<unknown, unknown>
  isBlind: boolean
  setBlind: (isBlind: boolean) => void
}

const showLosses = (told: unknown) => (isImpact(told) ? <Known impact={told} /> : null)

/** What live tokens would lose; or why that isn't known, and the way on nevertheless. */
export function ImpactPreview({
  query,
  show = showLosses,
  ...blind
}: Props & { show?: (told: unknown) => ReactNode }) {
  const { data, error } = query
  if (error !== null) {
    return failureOf(error).isAway ? (
      <Unknown query={query} {...blind} />
    ) : (
      // The change was rehearsed and refused: to make it would be, too.
      <FailureAlert error={error} />
    )
  }
  if (data === undefined) {
    return (
      <Group role="status" gap="sm">
        <Loader size="sm" aria-hidden />
        <Text>{impactTexts.looking}</Text>
      </Group>
    )
  }
  return show(data)
}

function Known({ impact }: { impact: Impact }) {
  if (impact.total === 0) {
    return (
      <Alert role="status" variant="light" color="green" icon={<IconCircleCheck aria-hidden />}>
        {impactTexts.nothing}
      </Alert>
    )
  }
  return (
    <Stack gap="xs">
      <Alert
        role="status"
        variant="light"
        color="orange"
        icon={<IconAlertTriangle aria-hidden />}
        title={impactTexts.loses(impact.total)}
      >
        {impactTexts.atOnce}
      </Alert>
      <ImpactList impact={impact} />
    </Stack>
  )
}

function Unknown({ query, isBlind, setBlind }: Props) {
  const { message } = failureOf(query.error)
  return (
    <Alert
      role="alert"
      variant="light"
      color="yellow"
      icon={<IconEyeOff aria-hidden />}
      title={impactTexts.unknown}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{impactTexts.unknownAbout}</Text>
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          loading={query.isFetching}
          onClick={() => query.refetch()}
        >
          {texts.tryAgain}
        </Button>
        <Checkbox
          label={impactTexts.goOn}
          checked={isBlind}
          onChange={({ currentTarget }) => setBlind(currentTarget.checked)}
        />
      </Stack>
    </Alert>
  )
}

function isImpact(data: unknown): data is Impact {
  return typeof data === 'object' && data !== null && 'total' in data && 'tokens' in data
}
