import { Select, Stack, TextInput } from '@mantine/core'
import { applicationTexts, applicationFormTexts as words } from '../../texts/applications.ts'
import type { Draft, FieldsProps } from './draft.ts'
import { GroupFields } from './group-fields.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import { ThresholdFields } from './threshold-fields.tsx'

const priorities = Object.entries(applicationTexts.priorities).map(([value, label]) => ({
  value,
  label,
}))

/** Everything that can be said of an application, new or not, but for its tenant. */
export function Fields(props: FieldsProps) {
  const { draft, change, wrong } = props
  return (
    <Stack gap="lg">
      <TextInput
        label={applicationTexts.name}
        description={words.nameAbout}
        required
        withAsterisk={false}
        autoComplete="off"
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={wrong['name']}
      />
      <Select
        label={applicationTexts.priority}
        description={words.priorityAbout}
        data={priorities}
        allowDeselect={false}
        value={draft.priority}
        onChange={(priority) => {
          if (priority) change({ priority: priority as Draft['priority'] })
        }}
        error={wrong['priority']}
        maw={240}
      />
      <GroupFields {...props} />
      <ScheduleFields {...props} />
      <ThresholdFields {...props} />
    </Stack>
  )
}
