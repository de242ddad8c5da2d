import { Box, Button, Group, Input, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { rememberTenant } from '../../access/tenant-names.ts'
import { useAllowed } from '../../access/use-allowed.ts'
import classes from '../../accounts/editor.module.css'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FieldError } from '../../components/field-error.tsx'
import { RoleName } from '../../components/role-name.tsx'
import { RolePicker } from '../../components/role-picker.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { type Choice, TenantPicker } from '../../components/tenant-picker.tsx'
import { accountTexts } from '../../texts/accounts.ts'
import { providerFormTexts as words } from '../../texts/identity-providers.ts'
import type { Grant } from './draft.ts'

type Props = {
  grants: readonly Grant[]
  change: (grants: Grant[]) => void
  error: string | undefined
}

const isSame = (one: Grant, other: Grant) =>
  one.role_id === other.role_id && one.tenant_id === other.tenant_id

/** The roles of new people, and where. */
export function JitGrants({ grants, change, error }: Props) {
  return (
    <Stack gap="xs">
      <div>
        <Input.Label labelElement="div">{words.grants}</Input.Label>
        <Input.Description>{words.grantsAbout}</Input.Description>
      </div>
      {grants.length > 0 && (
        <ul className={classes['rows']} aria-label={words.grants}>
          {grants.map((grant) => (
            <GrantRow
              key={`${grant.role_id} ${grant.tenant_id}`}
              grant={grant}
              onRemove={() => change(grants.filter((one) => !isSame(one, grant)))}
            />
          ))}
        </ul>
      )}
      <FieldError>{error}</FieldError>
      {/* What was chosen is empty again once it has been added. */}
      <AddGrant
        key={grants.length}
        onAdd={(grant) => change([...grants.filter((one) => !isSame(one, grant)), grant])}
      />
    </Stack>
  )
}

function GrantRow({ grant, onRemove }: { grant: Grant; onRemove: () => void }) {
  const name = useId()
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Box id={name} className={classes['name'] ?? ''}>
        <GrantInWords grant={grant} />
      </Box>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        flex="none"
        aria-describedby={name}
        onClick={onRemove}
      >
        {accountTexts.remove}
      </Button>
    </Group>
  )
}

export function GrantInWords({ grant: { role_id, tenant_id } }: { grant: Grant }) {
  return (
    <Text size="sm">
      <RoleName id={role_id} />
      {' · '}
      {tenant_id === null ? accountTexts.everyTenantOfScope : <ScopeEntry entry={tenant_id} />}
    </Text>
  )
}

/** The value of the choice that stands for no tenant in particular. */
const everywhere = 'every-tenant-of-the-scope'
const extra: readonly Choice[] = [{ value: everywhere, label: accountTexts.everyTenantOfScope }]

/** The roles that there are must be read for it. */
function AddGrant({ onAdd }: { onAdd: (grant: Grant) => void }) {
  const mayRead = useAllowed('roles.read')
  const queryClient = useQueryClient()
  const [role, setRole] = useState<Choice | null>(null)
  const [place, setPlace] = useState<Choice | null>(null)
  const isReady = role !== null && place !== null
  const missing = { isAllowed: isReady, reason: isReady ? null : accountTexts.chooseBoth }
  function add() {
    if (!isReady) return
    const { value, label } = place
    if (value !== everywhere) rememberTenant(queryClient, { id: value, name: label })
    onAdd({ role_id: role.value, tenant_id: value === everywhere ? null : value })
  }
  return (
    <Group align="flex-end" gap="sm">
      {mayRead.isAllowed && (
        <>
          <RolePicker label={accountTexts.role} chosen={role} onChoose={setRole} />
          <TenantPicker
            label={accountTexts.where}
            chosen={place}
            onChoose={setPlace}
            extra={extra}
          />
        </>
      )}
      <AllowedButton
        variant="default"
        allowed={mayRead.isAllowed ? missing : mayRead}
        onClick={add}
      >
        {accountTexts.addGrant}
      </AllowedButton>
    </Group>
  )
}
