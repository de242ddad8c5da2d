import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowed } from '../access/use-allowed.ts'
import { useAllowedSomewhere } from '../access/use-allowed-at.ts'
import { api } from '../api/client.ts'
import { useSubmitKey } from '../api/idempotency.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { FailureAlert } from '../components/failure.tsx'
import { RolePicker } from '../components/role-picker.tsx'
import { type Choice, TenantPicker } from '../components/tenant-picker.tsx'
import { accountTexts } from '../texts/accounts.ts'

type Props = { user_id: string; onAdded: () => void }

/** The value of the choice that stands for no tenant in particular. */
const everywhere = 'every-tenant-of-the-scope'
const extra: readonly Choice[] = [{ value: everywhere, label: accountTexts.everyTenantOfScope }]

/** Gives a role: the roles that there are must be read for it. */
export function GrantAdd(props: Props) {
  const mayGrant = useAllowedSomewhere('users.grants')
  const mayRead = useAllowed('roles.read')
  const refused = [mayGrant, mayRead].find(({ isAllowed }) => !isAllowed)
  if (!refused) return <GrantForm {...props} />
  return (
    <div>
      <AllowedButton variant="default" allowed={refused}>
        {accountTexts.addGrant}
      </AllowedButton>
    </div>
  )
}

function GrantForm({ user_id, onAdded }: Props) {
  const [role, setRole] = useState<Choice | null>(null)
  const [place, setPlace] = useState<Choice | null>(null)
  const keyOf = useSubmitKey()
  const create = api.useMutation('post', '/api/v1/users/{id}/grants', {
    onSuccess: ({ role }) => {
      notifications.show({ message: accountTexts.grantAdded(role) })
      onAdded()
    },
  })
  const isReady = role !== null && place !== null
  return (
    <Stack
      component="form"
      gap="sm"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        const tenant_id = place.value === everywhere ? null : place.value
        const body = { role_id: role.value, tenant_id }
        create.mutate({ params: { path: { id: user_id }, header: keyOf(body) }, body })
      }}
    >
      <Group align="flex-end" gap="sm">
        <RolePicker label={accountTexts.role} chosen={role} onChoose={setRole} />
        <TenantPicker label={accountTexts.where} chosen={place} onChoose={setPlace} extra={extra} />
        <AllowedButton
          type="submit"
          variant="default"
          allowed={{ isAllowed: isReady, reason: isReady ? null : accountTexts.chooseBoth }}
          loading={create.isPending}
        >
          {accountTexts.addGrant}
        </AllowedButton>
      </Group>
      {create.error !== null && <FailureAlert error={create.error} />}
    </Stack>
  )
}
