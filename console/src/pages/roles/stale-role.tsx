import { Alert, Anchor, Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { Link } from 'react-router'
import { isolated } from '../../texts/isolated.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import { changesIn, difference, type Role } from './role-changes.ts'

type Props = { base: Role; theirs: Role; onKeep: () => void; onDrop: () => void }

/** Somebody else was faster: what they changed, and the two ways on from there. */
export function StaleRole({ base, theirs, onKeep, onDrop }: Props) {
  const search = new URLSearchParams({ target_id: base.id, action: 'role.updated' })
  return (
    <Alert role="alert" color="yellow" icon={<IconGitMerge aria-hidden />} title={texts.staleTitle}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{texts.staleAbout}</Text>
        <TheirChanges base={base} theirs={theirs} />
        <Anchor component={Link} to={`/audit?${search}`} target="_blank" size="sm">
          {texts.staleWho}
        </Anchor>
        <Group gap="xs">
          <Button size="compact-md" onClick={onKeep}>
            {texts.keepMine}
          </Button>
          <Button size="compact-md" variant="default" onClick={onDrop}>
            {texts.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function TheirChanges({ base, theirs }: { base: Role; theirs: Role }) {
  const changes = changesIn(theirs, base)
  const { added, removed } = difference(base.permissions, theirs.permissions)
  return (
    <List size="sm">
      {changes.name !== undefined && (
        <List.Item>{texts.changedName(isolated(changes.name))}</List.Item>
      )}
      {changes.description !== undefined && (
        <List.Item>{texts.changedDescription(isolated(changes.description))}</List.Item>
      )}
      {added.length > 0 && <Permissions title={texts.added} names={added} />}
      {removed.length > 0 && <Permissions title={texts.removed} names={removed} />}
    </List>
  )
}

function Permissions({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <List.Item>
      {title}{' '}
      {names.map((name) => (
        <Code key={name} mr={6}>
          {name}
        </Code>
      ))}
    </List.Item>
  )
}
