import { Code, Group, Stack, Text } from '@mantine/core'
import { everything, resourceOf } from '../../components/permission-choice.ts'
import { roleTexts as texts } from '../../texts/roles.ts'

/** What a role allows, by resource. */
export function RolePermissions({ permissions }: { permissions: readonly string[] }) {
  if (permissions.includes(everything)) {
    return (
      <Text size="sm">
        <Code>{everything}</Code> {texts.everythingAbout}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      {byResource(permissions).map(([resource, names]) => (
        <Group key={resource} gap={6} align="baseline">
          <Text size="sm" fw={600} w={180}>
            {resource}
          </Text>
          {names.includes(`${resource}.*`) ? (
            <Text size="sm">
              <Code>{resource}.*</Code> {texts.allOf}
            </Text>
          ) : (
            names.map((name) => <Code key={name}>{name}</Code>)
          )}
        </Group>
      ))}
    </Stack>
  )
}

function byResource(permissions: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const name of permissions) {
    const resource = resourceOf(name)
    groups.set(resource, [...(groups.get(resource) ?? []), name])
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b))
}
