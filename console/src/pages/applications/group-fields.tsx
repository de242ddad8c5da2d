import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { FormPart } from '../../components/form-part.tsx'
import { applicationFormTexts as words } from '../../texts/applications.ts'
import type { FieldsProps } from './draft.ts'
import { type GroupDraft, newGroup } from './draft.ts'

/** The files that an import is made of. */
export function GroupFields({ draft: { groups }, change, wrong }: FieldsProps) {
  const add = useRef<HTMLButtonElement>(null)
  const replace = (next: GroupDraft) =>
    change({ groups: groups.map((group) => (group.key === next.key ? next : group)) })
  return (
    <FormPart title={words.groups}>
      <Stack gap="sm">
        <Text size="sm">{words.groupsAbout}</Text>
        {groups.map((group) => (
          <GroupRow
            key={group.key}
            group={group}
            isLast={groups.length === 1}
            onChange={replace}
            onRemove={() => {
              change({ groups: groups.filter(({ key }) => key !== group.key) })
              add.current?.focus()
            }}
          />
        ))}
        {wrong['file_groups'] && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {wrong['file_groups']}
          </Text>
        )}
        <Group>
          <Button
            ref={add}
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change({ groups: [...groups, newGroup()] })}
          >
            {words.addGroup}
          </Button>
        </Group>
      </Stack>
    </FormPart>
  )
}

type RowProps = {
  group: GroupDraft
  /** There has to be one. */
  isLast: boolean
  onChange: (group: GroupDraft) => void
  onRemove: () => void
}

function GroupRow({ group, isLast, onChange, onRemove }: RowProps) {
  return (
    <Group gap="sm" wrap="nowrap">
      <TextInput
        aria-label={words.groupName}
        placeholder={words.groupHint}
        required
        autoComplete="off"
        value={group.name}
        onChange={({ currentTarget }) => onChange({ ...group, name: currentTarget.value })}
        flex={1}
        miw={0}
      />
      <Checkbox
        label={words.required}
        checked={group.required}
        onChange={({ currentTarget }) => onChange({ ...group, required: currentTarget.checked })}
      />
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={words.removeGroup(group.name)}
        onClick={onRemove}
        disabled={isLast}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
