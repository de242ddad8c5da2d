import { Alert, Checkbox, Chip, Group, Input, Stack, Text, TextInput } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useId, useState } from 'react'
import { formTexts } from '../texts/token-form.ts'
import {
  dayChoices,
  defaultDays,
  type Expiry,
  instantInWords,
  instantOf,
  latestInstant,
  localOf,
} from './expiry.ts'
import type { LifetimePolicy } from './types.ts'

type Props = {
  value: Expiry
  onChange: (value: Expiry) => void
  policy: LifetimePolicy
  error?: string | undefined
}

const dayMs = 86_400_000

/** How long the token lives: what the platform allows, and the instant that comes of it. */
export function ExpiryField({ value, onChange, policy, error }: Props) {
  const now = useNow()
  const labelId = useId()
  const choice = value.kind === 'days' ? String(value.days) : value.kind
  const instant = instantOf(value, now)
  function choose(next: string) {
    if (next === 'never') onChange({ kind: 'never', isAccepted: false })
    else if (next === 'at')
      onChange({ kind: 'at', local: localOf(now + defaultDays(policy) * dayMs) })
    else onChange({ kind: 'days', days: Number(next) })
  }
  return (
    <Stack gap="xs">
      <Input.Label id={labelId}>{formTexts.expiry}</Input.Label>
      <Chip.Group multiple={false} value={choice} onChange={choose}>
        <Group gap={8} role="radiogroup" aria-labelledby={labelId}>
          {dayChoices(policy).map((days) => (
            <Chip key={days} value={String(days)} radius="md">
              {formTexts.days(days)}
            </Chip>
          ))}
          <Chip value="at" radius="md">
            {formTexts.date}
          </Chip>
          {policy.never_expiring_tokens_allowed && (
            <Chip value="never" radius="md">
              {formTexts.never}
            </Chip>
          )}
        </Group>
      </Chip.Group>
      <PolicyNote policy={policy} />
      {value.kind === 'at' && (
        <ExactDate value={value.local} onChange={onChange} policy={policy} now={now} />
      )}
      {value.kind === 'never' && <NeverConsent value={value} onChange={onChange} />}
      {instant && (
        <Text size="sm" role="status">
          {formTexts.expires} <strong>{instantInWords(instant)}</strong>
        </Text>
      )}
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  )
}

function PolicyNote({ policy }: { policy: LifetimePolicy }) {
  const { max_token_lifetime_days: days, never_expiring_tokens_allowed } = policy
  if (days === null && never_expiring_tokens_allowed) return null
  return (
    <Text size="sm" c="dimmed">
      {days === null ? formTexts.noNever : formTexts.maximum(days)}
    </Text>
  )
}

type ExactProps = Pick<Props, 'onChange' | 'policy'> & { value: string; now: number }

function ExactDate({ value, onChange, policy, now }: ExactProps) {
  const latest = latestInstant(policy, now)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <TextInput
      type="datetime-local"
      label={formTexts.dateLabel}
      description={formTexts.dateZone(zone)}
      value={value}
      min={localOf(now)}
      {...(latest !== null && { max: localOf(latest) })}
      onChange={({ currentTarget }) => onChange({ kind: 'at', local: currentTarget.value })}
      w="fit-content"
    />
  )
}

type NeverProps = { value: { kind: 'never'; isAccepted: boolean }; onChange: Props['onChange'] }

function NeverConsent({ value, onChange }: NeverProps) {
  return (
    <Alert color="yellow" variant="light" title={formTexts.neverWarning}>
      <Checkbox
        label={formTexts.neverConsent}
        checked={value.isAccepted}
        onChange={({ currentTarget }) =>
          onChange({ kind: 'never', isAccepted: currentTarget.checked })
        }
      />
    </Alert>
  )
}

/** Goes on while a form is open, so that the instant that it shows is the one that will be. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useInterval(() => setNow(Date.now()), 20_000, { autoInvoke: true })
  return now
}
