import { Stack, Textarea, TextInput } from '@mantine/core'
import { useCallback } from 'react'
import { useCatalogue } from '../../access/use-catalogue.ts'
import { Loaded } from '../../components/loaded.tsx'
import { PermissionPicker } from '../../components/permission-picker.tsx'
import { roleTexts as texts } from '../../texts/roles.ts'

export type RoleValues = { name: string; description: string; permissions: readonly string[] }

type Props = {
  values: RoleValues
  setValues: (change: (before: RoleValues) => RoleValues) => void
  faults: Record<string, string>
}

export function RoleFields({
  values: { name, description, permissions },
  setValues,
  faults,
}: Props) {
  const catalogue = useCatalogue()
  const choose = useCallback(
    (change: (before: readonly string[]) => string[]) =>
      setValues((before) => ({ ...before, permissions: change(before.permissions) })),
    [setValues],
  )
  return (
    <Stack maw={720}>
      <TextInput
        label={texts.nameLabel}
        placeholder={texts.nameExample}
        value={name}
        error={faults['name']}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) =>
          setValues((before) => ({ ...before, name: value }))
        }
      />
      <Textarea
        label={texts.descriptionLabel}
        description={texts.descriptionAbout}
        value={description}
        error={faults['description']}
        autosize
        minRows={2}
        onChange={({ currentTarget: { value } }) =>
          setValues((before) => ({ ...before, description: value }))
        }
      />
      <Loaded query={catalogue}>
        {(all) => (
          <PermissionPicker
            label={texts.permissionsLabel}
            description={texts.permissionsAbout}
            error={faults['permissions']}
            catalogue={all}
            value={permissions}
            onChange={choose}
          />
        )}
      </Loaded>
    </Stack>
  )
}
