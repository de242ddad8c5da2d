import { Code, Group, Text } from '@mantine/core'
import { everything } from '../../components/permission-choice.ts'
import { roleTexts as texts } from '../../texts/roles.ts'

const shown = 2

/** The first of them, and how many more. */
export function PermissionsInShort({ permissions }: { permissions: readonly string[] }) {
  if (permissions.includes(everything)) return <Text size="sm">{texts.everything}</Text>
  return (
    <Group gap={6}>
      {permissions.slice(0, shown).map((permission) => (
        <Code key={permission}>{permission}</Code>
      ))}
      {permissions.length > shown && (
        <Text size="sm" c="dimmed">
          {texts.more(permissions.length - shown)}
        </Text>
      )}
    </Group>
  )
}
