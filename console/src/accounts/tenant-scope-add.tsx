import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowedAt, useAllowedSomewhere } from '../access/use-allowed-at.ts'
import { useWordsWhere } from '../access/words-where.ts'
import { api } from '../api/client.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { FailureAlert } from '../components/failure.tsx'
import { type Choice, TenantPicker } from '../components/tenant-picker.tsx'
import { accountTexts } from '../texts/accounts.ts'

type Props = { user_id: string; entries: readonly string[] }

/** Puts a tenant, or a word for many, into a tenant scope. */
export function TenantScopeAdd({ user_id, entries }: Props) {
  const [chosen, setChosen] = useState<Choice | null>(null)
  const words = useWordsWhere('tenants.members')
  const somewhere = useAllowedSomewhere('tenants.members')
  const assign = api.useMutation('put', '/api/v1/users/{id}/tenants/{tenant_id}', {
    onSuccess: () => {
      notifications.show({ message: accountTexts.entryAdded(chosen?.label ?? '') })
      setChosen(null)
    },
  })
  return (
    <Stack
      component="form"
      gap="sm"
      onSubmit={(event) => {
        event.preventDefault()
        if (!chosen) return
        assign.mutate({ params: { path: { id: user_id, tenant_id: chosen.value } } })
      }}
    >
      {somewhere.isAllowed && (
        <Group align="flex-end" gap="sm">
          <TenantPicker
            label={accountTexts.chooseTenant}
            chosen={chosen}
            onChoose={setChosen}
            extra={words}
            without={entries}
          />
          {chosen ? (
            <AddChosen entry={chosen.value} isBusy={assign.isPending} />
          ) : (
            <AllowedButton
              variant="default"
              allowed={{ isAllowed: false, reason: accountTexts.chooseTenant }}
            >
              {accountTexts.addTenant}
            </AllowedButton>
          )}
        </Group>
      )}
      {!somewhere.isAllowed && (
        <div>
          <AllowedButton variant="default" allowed={somewhere}>
            {accountTexts.addTenant}
          </AllowedButton>
        </div>
      )}
      {assign.error !== null && <FailureAlert error={assign.error} />}
    </Stack>
  )
}

function AddChosen({ entry, isBusy }: { entry: string; isBusy: boolean }) {
  const allowed = useAllowedAt('tenants.members', entry)
  return (
    <AllowedButton type="submit" variant="default" allowed={allowed} loading={isBusy}>
      {accountTexts.addTenant}
    </AllowedButton>
  )
}
