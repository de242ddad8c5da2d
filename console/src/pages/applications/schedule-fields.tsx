import { Anchor, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { FormPart } from '../../components/form-part.tsx'
import { applicationFormTexts as words } from '../../texts/applications.ts'
import { cronInWords } from './cron-in-words.ts'
import type { FieldsProps } from './draft.ts'

/** Where the accounts are fetched from, and when; what the expression means is said while it is typed. */
export function ScheduleFields({ draft, change, wrong }: FieldsProps) {
  return (
    <FormPart title={words.schedule}>
      <Stack gap="sm">
        <Switch
          label={words.scheduled}
          description={words.scheduleAbout}
          checked={draft.isScheduled}
          onChange={({ currentTarget }) => change({ isScheduled: currentTarget.checked })}
          error={wrong['import_schedule']}
        />
        {draft.isScheduled && (
          <>
            <Cron draft={draft} change={change} wrong={wrong} />
            <TextInput
              label={words.source}
              description={words.sourceAbout}
              type="url"
              inputMode="url"
              required
              withAsterisk={false}
              autoComplete="off"
              spellCheck={false}
              placeholder="https://exports.example.com/accounts.csv"
              value={draft.source_url}
              onChange={({ currentTarget }) => change({ source_url: currentTarget.value })}
              error={wrong['import_schedule.source_url']}
            />
          </>
        )}
      </Stack>
    </FormPart>
  )
}

function Cron({ draft, change, wrong }: FieldsProps) {
  const meaning = cronInWords(draft.cron)
  return (
    <Stack gap={6}>
      <TextInput
        label={words.cron}
        description={words.cronAbout}
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={draft.cron}
        onChange={({ currentTarget }) => change({ cron: currentTarget.value })}
        error={wrong['import_schedule.cron']}
        maw={320}
      />
      <Text size="sm" fw={meaning === null ? 400 : 600} role="status">
        {meaning ?? words.cronUnknown}
      </Text>
      <Group gap="sm" role="group" aria-label={words.usual}>
        {words.usuals.map(([cron, label]) => (
          <Anchor
            key={cron}
            component="button"
            type="button"
            size="sm"
            onClick={() => change({ cron })}
          >
            {label}
          </Anchor>
        ))}
      </Group>
    </Stack>
  )
}
