import { Box, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useTenantName } from '../access/tenant-names.ts'
import { useAllowedAt } from '../access/use-allowed-at.ts'
import { client } from '../api/client.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { ImpactDialog } from '../components/impact-dialog.tsx'
import { ScopeEntry, wordNames } from '../components/scope-entry.tsx'
import { accountTexts } from '../texts/accounts.ts'
import classes from './editor.module.css'
import { TenantScopeAdd } from './tenant-scope-add.tsx'

type Account = { user_id: string; name: string }

/** The tenants of a person or service account: added, and removed after a look at what tokens lose. */
export function TenantScopeEditor({
  entries,
  ...account
}: Account & { entries: readonly string[] }) {
  return (
    <Stack gap="sm">
      {entries.length === 0 ? (
        <Text size="sm">{accountTexts.noScope}</Text>
      ) : (
        <ul className={classes['rows']} aria-label={accountTexts.scope}>
          {entries.map((entry) => (
            <EntryRow key={entry} entry={entry} {...account} />
          ))}
        </ul>
      )}
      <TenantScopeAdd user_id={account.user_id} entries={entries} />
    </Stack>
  )
}

function EntryRow({ entry, user_id, name }: Account & { entry: string }) {
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowedAt('tenants.members', entry)
  const tenantName = useTenantName(entry)
  const entryName = wordNames[entry] ?? tenantName
  const path = { id: user_id, tenant_id: entry }
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Box className={classes['name'] ?? ''}>
        <ScopeEntry entry={entry} />
      </Box>
      <AllowedButton
        allowed={allowed}
        variant="subtle"
        color="red"
        size="compact-sm"
        flex="none"
        aria-label={accountTexts.removeEntry(entryName)}
        onClick={open}
      >
        {accountTexts.remove}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={accountTexts.removeEntryTitle(entryName, name)}
        about={accountTexts.removeEntryAbout}
        action={accountTexts.removeEntryAction}
        preview={() =>
          client.DELETE('/api/v1/users/{id}/tenants/{tenant_id}', {
            params: { path, query: { dry_run: true } },
          })
        }
        change={() => client.DELETE('/api/v1/users/{id}/tenants/{tenant_id}', { params: { path } })}
        onDone={() => notifications.show({ message: accountTexts.entryRemoved(name) })}
      />
    </Group>
  )
}
