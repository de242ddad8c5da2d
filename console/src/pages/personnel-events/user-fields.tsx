import { Stack, Switch } from '@mantine/core'
import { FormPart } from '../../components/form-part.tsx'
import type { Choice } from '../../components/tenant-picker.tsx'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { RolesPicker } from './roles-picker.tsx'

type Props = {
  /** Null: they are not invited. */
  roles: Choice[] | null
  onChange: (roles: Choice[] | null) => void
  tenant_id: string | null
  error: string | undefined
}

/** Is whoever comes to sign in here, and with which roles? */
export function UserFields({ roles, onChange, tenant_id, error }: Props) {
  return (
    <FormPart title={words.user}>
      <Stack gap="sm">
        <Switch
          label={words.invite}
          description={words.inviteAbout}
          checked={roles !== null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? [] : null)}
        />
        {roles && (
          <RolesPicker
            label={words.roles}
            chosen={roles}
            onChoose={onChange}
            tenant_id={tenant_id}
            error={error}
          />
        )}
      </Stack>
    </FormPart>
  )
}
