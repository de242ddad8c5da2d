import { Stack } from '@mantine/core'
import { FormPart } from '../../components/form-part.tsx'
import type { Choice } from '../../components/tenant-picker.tsx'
import type { Identity } from '../../identities/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { HeldRoles } from './held-roles.tsx'
import { RolesPicker } from './roles-picker.tsx'

type Props = {
  identity: Identity
  added: readonly Choice[]
  onAdd: (roles: Choice[]) => void
  removed: readonly string[]
  onRemove: (role_ids: string[]) => void
  wrong: Record<string, string>
}

/** Which roles are given, and which taken. */
export function SwapFields({ identity, added, onAdd, removed, onRemove, wrong }: Props) {
  return (
    <FormPart title={words.swap}>
      <Stack gap="md">
        <RolesPicker
          label={words.addRoles}
          chosen={added}
          onChoose={onAdd}
          tenant_id={identity.tenant_id}
          error={wrong['add_role_ids']}
        />
        <HeldRoles
          identity={identity}
          chosen={removed}
          onChoose={onRemove}
          error={wrong['remove_role_ids']}
        />
      </Stack>
    </FormPart>
  )
}
