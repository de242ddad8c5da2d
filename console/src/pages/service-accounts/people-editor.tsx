import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { AccountStatus } from '../../accounts/account-status.tsx'
import classes from '../../accounts/editor.module.css'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FailureAlert } from '../../components/failure.tsx'
import { type PersonChoice, PersonPicker } from '../../components/people-picker.tsx'
import { PersonName } from '../../components/person-name.tsx'
import { accountDetailTexts as words } from '../../texts/service-accounts.ts'
import type { Account } from './types.ts'

/** Who answers for the account; never nobody. */
export function PeopleEditor({ account }: { account: Account }) {
  const { id, tenants, accountable_user_ids: ids } = account
  const allowed = useAllowedOver('service_accounts.write', tenants)
  const update = api.useMutation('patch', '/api/v1/service-accounts/{id}')
  const set = (accountable_user_ids: string[], message: string) =>
    update.mutateAsync(
      { params: { path: { id } }, body: { accountable_user_ids } },
      { onSuccess: () => notifications.show({ message }) },
    )
  const mayRemove = ids.length > 1 ? allowed : { isAllowed: false, reason: words.lastPerson }
  return (
    <Stack gap="sm">
      <ul className={classes['rows']} aria-label={words.people}>
        {ids.map((person) => (
          <Group key={person} component="li" justify="space-between" wrap="nowrap">
            <Person id={person} />
            <AllowedButton
              allowed={mayRemove}
              variant="subtle"
              color="red"
              size="compact-sm"
              flex="none"
              aria-describedby={`person-${person}`}
              onClick={() =>
                set(
                  ids.filter((one) => one !== person),
                  words.personRemoved,
                ).catch(() => undefined)
              }
            >
              {words.removePerson}
            </AllowedButton>
          </Group>
        ))}
      </ul>
      <AddPerson
        ids={ids}
        allowed={allowed}
        isBusy={update.isPending}
        onAdd={({ value, label }) => set([...ids, value], words.personAdded(label))}
      />
      {update.error !== null && <FailureAlert error={update.error} />}
    </Stack>
  )
}

/** Whoever has left still stands there, and says so, until somebody takes them out. */
function Person({ id }: { id: string }) {
  const me = useMe()
  const mayLook = holdsAnywhere(me, 'users.read') && id !== me.id
  const { data } = api.useQuery(
    'get',
    '/api/v1/users/{id}',
    { params: { path: { id } } },
    { enabled: mayLook, retry: false },
  )
  return (
    <Group gap="xs" id={`person-${id}`} className={classes['name'] ?? ''}>
      <PersonName id={id} />
      {data && data.status !== 'active' && <AccountStatus status={data.status} />}
    </Group>
  )
}

type AddProps = {
  ids: readonly string[]
  allowed: ReturnType<typeof useAllowedOver>
  isBusy: boolean
  onAdd: (choice: PersonChoice) => Promise<unknown>
}

function AddPerson({ ids, allowed, isBusy, onAdd }: AddProps) {
  const [chosen, setChosen] = useState<PersonChoice | null>(null)
  const isReady = chosen !== null
  const mayAdd = isReady ? allowed : { isAllowed: false, reason: words.choosePerson }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!chosen) return
        onAdd(chosen).then(
          () => setChosen(null),
          () => undefined,
        )
      }}
    >
      <Group align="flex-end" gap="sm">
        {allowed.isAllowed && (
          <PersonPicker
            label={words.choosePerson}
            chosen={chosen}
            onChoose={setChosen}
            without={ids}
          />
        )}
        <AllowedButton
          type="submit"
          variant="default"
          allowed={allowed.isAllowed ? mayAdd : allowed}
          loading={isBusy}
        >
          {words.addPerson}
        </AllowedButton>
      </Group>
    </form>
  )
}
