import { Code, Group, Stack, Text } from '@mantine/core'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { roleTexts as texts } from '../../texts/roles.ts'
import type { useSaveRole } from './use-save-role.ts'

type Props = {
  opened: boolean
  onClose: () => void
  removed: readonly string[]
  save: ReturnType<typeof useSaveRole>
}

/** Before permissions are taken from a role: which live tokens of those who hold it lose what. */
export function RoleImpact({ opened, onClose, removed, save }: Props) {
  return (
    <ImpactDialog
      opened={opened}
      onClose={onClose}
      title={texts.impactTitle}
      about={
        <Stack gap="xs">
          <Text size="sm">{texts.impactAbout}</Text>
          <Group gap={6}>
            {removed.map((permission) => (
              <Code key={permission}>{permission}</Code>
            ))}
          </Group>
        </Stack>
      }
      action={texts.save}
      preview={save.preview}
      change={save.change}
      onDone={save.done}
    />
  )
}
