import { NumberInput, Stack, Switch } from '@mantine/core'
import { FormPart } from '../../components/form-part.tsx'
import { applicationFormTexts as words } from '../../texts/applications.ts'
import type { FieldsProps } from './draft.ts'

/** From how large a change on an import waits for a person. */
export function ThresholdFields({ draft, change, wrong }: FieldsProps) {
  return (
    <FormPart title={words.threshold}>
      <Stack gap="sm">
        <Switch
          label={words.thresholdOn}
          description={words.thresholdAbout}
          checked={draft.isWaiting}
          onChange={({ currentTarget }) => change({ isWaiting: currentTarget.checked })}
        />
        {draft.isWaiting && (
          <NumberInput
            label={words.percent}
            required
            withAsterisk={false}
            min={0}
            max={100}
            suffix=" %"
            allowDecimal={false}
            clampBehavior="strict"
            value={draft.percent}
            onChange={(percent) => change({ percent: percent === '' ? '' : Number(percent) })}
            error={wrong['change_threshold_percent']}
            maw={240}
          />
        )}
      </Stack>
    </FormPart>
  )
}
