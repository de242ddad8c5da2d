import { Stack } from '@mantine/core'
import { useParams } from 'react-router'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { useMaySee } from '../../access/use-may-see.ts'
import { EffectivePermissions } from '../../accounts/effective-permissions.tsx'
import { GrantsEditor } from '../../accounts/grants-editor.tsx'
import { TenantScopeEditor } from '../../accounts/tenant-scope-editor.tsx'
import { api } from '../../api/client.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { accountTexts } from '../../texts/accounts.ts'
import { navigation } from '../../texts/navigation.ts'
import { accountDetailTexts as words } from '../../texts/service-accounts.ts'
import { AccountActions } from './account-actions.tsx'
import { Facts, Warnings } from './account-facts.tsx'
import { AccountTokens } from './account-tokens.tsx'
import { PeopleEditor } from './people-editor.tsx'
import type { Account } from './types.ts'

export function Component() {
  const { id = '' } = useParams()
  const account = api.useQuery('get', '/api/v1/service-accounts/{id}', {
    params: { path: { id } },
  })
  return <Loaded query={account}>{(data) => <AccountPage account={data} />}</Loaded>
}

function AccountPage({ account }: { account: Account }) {
  return (
    <Page
      title={account.name}
      above={[{ to: '/service-accounts', label: navigation.serviceAccounts }]}
      actions={<AccountActions account={account} />}
    >
      <Warnings account={account} />
      <Facts account={account} />
      <AccountTabs account={account} />
    </Page>
  )
}

function AccountTabs({ account }: { account: Account }) {
  const mayReadUsers = useMaySee('users.read', account.tenants)
  const mayReadTokens = useAllowedSomewhere('tokens.read')
  const mayMakeTokens = useAllowedSomewhere('service_accounts.tokens')
  const { id, name } = account
  const tokens = {
    value: 'tokens',
    label: words.tokens,
    content: <AccountTokens account={account} />,
  }
  const effective = {
    value: 'effective',
    label: words.effective,
    content: <EffectivePermissions user_id={id} />,
  }
  return (
    <AddressTabs
      label={name}
      tabs={[
        { value: 'overview', label: words.overview, content: <Overview account={account} /> },
        ...(mayReadTokens.isAllowed || mayMakeTokens.isAllowed ? [tokens] : []),
        ...(mayReadUsers ? [effective] : []),
      ]}
    />
  )
}

function Overview({ account }: { account: Account }) {
  const { id, name, tenants } = account
  const mayReadUsers = useMaySee('users.read', tenants)
  return (
    <Stack gap="lg">
      <Section title={words.people} about={words.peopleAbout}>
        <PeopleEditor account={account} />
      </Section>
      <Section title={accountTexts.scope} about={accountTexts.scopeAbout}>
        <TenantScopeEditor user_id={id} name={name} entries={tenants} />
      </Section>
      {mayReadUsers && (
        <Section title={accountTexts.grants} about={accountTexts.grantsAbout}>
          <GrantsEditor user_id={id} name={name} />
        </Section>
      )}
    </Stack>
  )
}
