import { NativeSelect } from '@mantine/core'
import { settingsTexts as texts } from '../../texts/settings.ts'
import type { Draft } from './settings-draft.ts'

type Props = {
  value: Draft['second_factor']
  isReadOnly: boolean
  set: (value: string) => void
}

/** Whether people are asked for a second factor. */
export function PolicySetting({ value, isReadOnly, set }: Props) {
  const { label, about } = texts.fields.second_factor
  return (
    <NativeSelect
      label={label}
      description={about}
      value={String(value)}
      disabled={isReadOnly}
      data={Object.entries(texts.policies).map(([policy, word]) => ({
        value: policy,
        label: word,
      }))}
      onChange={({ currentTarget }) => set(currentTarget.value)}
      maw={420}
    />
  )
}
