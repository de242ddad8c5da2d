import { NumberInput, Text } from '@mantine/core'
import { daysInWords, minutesInWords, settingsTexts as texts } from '../../texts/settings.ts'
import type { Draft, SettingName } from './settings-draft.ts'

export type NumberSettingName = Exclude<
  SettingName,
  'never_expiring_tokens_allowed' | 'second_factor'
>

const units: Record<NumberSettingName, string> = {
  default_token_lifetime_days: texts.days,
  max_token_lifetime_days: texts.days,
  password_min_length: texts.characters,
  session_idle_minutes: texts.minutes,
  session_lifetime_minutes: texts.minutes,
  step_up_minutes: texts.minutes,
}

type Props = {
  name: NumberSettingName
  value: Draft[SettingName]
  error: string | undefined
  isReadOnly: boolean
  set: (value: number | string) => void
}

/** A number with its unit; what it comes to in days or hours stands beside it. */
export function NumberSetting({ name, value, error, isReadOnly, set }: Props) {
  const { label, about } = texts.fields[name]
  const unit = units[name]
  return (
    <NumberInput
      label={`${label} (${unit})`}
      description={about}
      error={error}
      value={typeof value === 'number' || typeof value === 'string' ? value : ''}
      readOnly={isReadOnly}
      placeholder={name === 'max_token_lifetime_days' ? texts.noMaximum : ''}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      onChange={set}
      rightSection={
        <Text size="sm" c="dimmed" pr="sm" style={{ whiteSpace: 'nowrap' }}>
          {typeof value === 'number' && value > 0 ? wordsOf(unit, value) : ''}
        </Text>
      }
      rightSectionWidth="auto"
      rightSectionPointerEvents="none"
      maw={420}
    />
  )
}

function wordsOf(unit: string, value: number): string {
  if (unit === texts.minutes) return `= ${minutesInWords(value)}`
  return unit === texts.days ? daysInWords(value).replace(/^\d+ /, '') : unit
}
