import { Box, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowed } from '../access/use-allowed.ts'
import { useAllowedSomewhere } from '../access/use-allowed-at.ts'
import { api, client } from '../api/client.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { ImpactDialog } from '../components/impact-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Pager } from '../components/pager.tsx'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { Time } from '../components/time.tsx'
import type { components } from '../generated/api.d.ts'
import { accountTexts } from '../texts/accounts.ts'
import classes from './editor.module.css'
import { GrantAdd } from './grant-add.tsx'

type Grant = components['schemas']['Grant']
type Account = { user_id: string; name: string }

const limit = 50

/** The roles of a person or service account, and where: given, and removed after a look at what tokens lose. */
export function GrantsEditor({ user_id, name }: Account) {
  const [page, setPage] = useState(1)
  const [added, setAdded] = useState(0)
  const grants = api.useQuery('get', '/api/v1/users/{id}/grants', {
    params: { path: { id: user_id }, query: { page, limit } },
  })
  return (
    <Stack gap="sm">
      <Loaded query={grants}>
        {({ data, total }) => (
          <>
            {total === 0 ? (
              <Text size="sm">{accountTexts.noGrants}</Text>
            ) : (
              <ul className={classes['rows']} aria-label={accountTexts.grants}>
                {data.map((grant) => (
                  <GrantRow key={grant.id} grant={grant} user_id={user_id} name={name} />
                ))}
              </ul>
            )}
            <Pager
              label={accountTexts.grants}
              page={page}
              limit={limit}
              total={total}
              isEmpty={data.length === 0}
              turnTo={setPage}
              fallBackTo={setPage}
            />
          </>
        )}
      </Loaded>
      {/* Each grant is a new one: with an idempotency key of its own. */}
      <GrantAdd key={added} user_id={user_id} onAdded={() => setAdded(added + 1)} />
    </Stack>
  )
}

function GrantRow({ grant, user_id, name }: Account & { grant: Grant }) {
  const { id, role, tenant_id, created_at } = grant
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowedToTake(tenant_id)
  const path = { id: user_id, grant_id: id }
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Box className={classes['name'] ?? ''}>
        <Text fw={600}>
          <bdi>{role}</bdi>
        </Text>
        <Text size="sm">
          {tenant_id === null ? accountTexts.everyTenantOfScope : <ScopeEntry entry={tenant_id} />}
          {' · '}
          <Time at={created_at} />
        </Text>
      </Box>
      <AllowedButton
        allowed={allowed}
        variant="subtle"
        color="red"
        size="compact-sm"
        flex="none"
        aria-label={accountTexts.removeGrant(role)}
        onClick={open}
      >
        {accountTexts.remove}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={accountTexts.removeGrantTitle(role, name)}
        about={accountTexts.removeGrantAbout}
        action={accountTexts.removeGrantAction}
        preview={() =>
          client.DELETE('/api/v1/users/{id}/grants/{grant_id}', {
            params: { path, query: { dry_run: true } },
          })
        }
        change={() => client.DELETE('/api/v1/users/{id}/grants/{grant_id}', { params: { path } })}
        onDone={() => notifications.show({ message: accountTexts.grantRemoved(role) })}
      />
    </Group>
  )
}

/** Of a grant without a tenant it depends on the role, too: that the server says in the preview. */
function useAllowedToTake(tenant_id: string | null) {
  const somewhere = useAllowedSomewhere('users.grants')
  const there = useAllowed('users.grants', tenant_id, tenant_id !== null)
  return tenant_id === null ? somewhere : there
}
