import { Checkbox, Group, Input, Paper, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useId, useMemo, useState } from 'react'
import type { Permission } from '../access/use-catalogue.ts'
import { pickerTexts as texts } from '../texts/permission-picker.ts'
import {
  everything,
  firstOf,
  type PermissionGroup as Grouped,
  groupsOf,
  matching,
  toggled,
} from './permission-choice.ts'
import { PermissionGroup } from './permission-group.tsx'

type Props = {
  label: string
  description?: string
  error?: string | undefined
  catalogue: ReadonlyMap<string, Permission>
  value: readonly string[]
  /** Must be the same function each time, as React's own setters are: what isn't touched isn't drawn anew. */
  onChange: (change: (before: readonly string[]) => string[]) => void
}

const none: readonly Grouped[] = []

/** Found by search, so many are drawn: a word may be in the name of each of them. */
const foundMax = 40

/** The permissions of a role, wildcards among them: by resource, each of which opens; or by search. */
export function PermissionPicker({ catalogue, value, onChange, ...props }: Props) {
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const all = useMemo(() => groupsOf(catalogue.values()), [catalogue])
  // Drawn in small steps: a hundred resources at once would keep a slow machine from answering a key.
  const groups = useDeferredValue(all, none)
  const toggle = useCallback(
    (pattern: string) => onChange((before) => toggled(before, pattern)),
    [onChange],
  )
  const hasEverything = value.includes(everything)
  const id = useId()
  return (
    <Input.Wrapper
      {...props}
      labelElement="div"
      labelProps={{ id }}
      inputContainer={(input) => input}
    >
      <Stack gap="sm" mt={6} role="group" aria-labelledby={id}>
        <Checkbox
          label={texts.everything}
          description={texts.everythingAbout}
          checked={hasEverything}
          onChange={() => toggle(everything)}
        />
        <Group justify="space-between">
          <TextInput
            type="search"
            aria-label={texts.search}
            placeholder={texts.search}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            maxLength={100}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            onKeyDown={(event) => {
              // Enter searches here; it doesn't send the form around it.
              if (event.key === 'Enter') event.preventDefault()
            }}
            w={{ base: '100%', sm: 320 }}
          />
          <Text size="sm" c="dimmed" role="status">
            {sought ? '' : texts.chosen(value.length)}
          </Text>
        </Group>
        {sought ? (
          <Found groups={groups} sought={sought} value={value} toggle={toggle} />
        ) : (
          <Groups groups={groups} value={value} toggle={toggle} isFound={false} />
        )}
      </Stack>
    </Input.Wrapper>
  )
}

type ListProps = {
  groups: readonly Grouped[]
  value: readonly string[]
  toggle: (pattern: string) => void
}

function Found({ groups, sought, ...props }: ListProps & { sought: string }) {
  const found = useMemo(() => matching(groups, sought), [groups, sought])
  const count = found.reduce((sum, { permissions }) => sum + permissions.length, 0)
  return (
    <>
      <Text size="sm" role="status">
        {count === 0 ? texts.nothingFound : texts.found(count)}
        {count > foundMax && ` ${texts.more(count - foundMax)}`}
      </Text>
      {count > 0 && <Groups groups={firstOf(found, foundMax)} {...props} isFound />}
    </>
  )
}

function Groups({ groups, value, toggle, isFound }: ListProps & { isFound: boolean }) {
  const hasEverything = value.includes(everything)
  return (
    <Paper withBorder>
      {groups.map(({ resource, permissions }) => (
        <PermissionGroup
          key={resource}
          resource={resource}
          permissions={permissions}
          chosen={value.filter((one) => one.startsWith(`${resource}.`)).join(' ')}
          hasEverything={hasEverything}
          isFound={isFound}
          toggle={toggle}
        />
      ))}
    </Paper>
  )
}
