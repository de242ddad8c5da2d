import { Alert, Anchor, DataList, SimpleGrid } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { useMaySee } from '../../access/use-may-see.ts'
import { AccountStatus } from '../../accounts/account-status.tsx'
import { EffectivePermissions } from '../../accounts/effective-permissions.tsx'
import { GrantsEditor } from '../../accounts/grants-editor.tsx'
import { TenantScopeEditor } from '../../accounts/tenant-scope-editor.tsx'
import { api } from '../../api/client.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { accountTexts } from '../../texts/accounts.ts'
import { userSessionTexts } from '../../texts/sessions.ts'
import { userDetailTexts, userTexts } from '../../texts/users.ts'
import { UserActions } from './user-actions.tsx'
import { UserSignIn } from './user-sign-in.tsx'
import { UserTokens } from './user-tokens.tsx'

type User = components['schemas']['User']

export function Component() {
  const { id = '' } = useParams()
  const user = api.useQuery('get', '/api/v1/users/{id}', { params: { path: { id } } })
  return <Loaded query={user}>{(data) => <UserPage user={data} />}</Loaded>
}

function UserPage({ user }: { user: User }) {
  return (
    <Page
      title={user.name}
      above={[{ to: '/users', label: userTexts.list }]}
      actions={<UserActions user={user} />}
    >
      <Standing user={user} />
      <Facts user={user} />
      <UserTabs user={user} />
    </Page>
  )
}

function UserTabs({ user }: { user: User }) {
  const { id, name, tenants, is_service_account } = user
  const mayReadTokens = useMaySee('tokens.read', tenants)
  // Sessions tell from where somebody works: they are shown to who may end them.
  const mayEndSessions = useAllowedOver('users.update', tenants).isAllowed && !is_service_account
  const tokens = {
    value: 'tokens',
    label: userDetailTexts.tokens,
    content: <UserTokens user_id={id} />,
  }
  const signIn = {
    value: 'sign-in',
    label: userSessionTexts.tab,
    content: <UserSignIn user={user} />,
  }
  return (
    <AddressTabs
      label={name}
      tabs={[
        {
          value: 'access',
          label: userDetailTexts.access,
          content: (
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
              <Section title={accountTexts.scope} about={accountTexts.scopeAbout}>
                <TenantScopeEditor user_id={id} name={name} entries={tenants} />
              </Section>
              <Section title={accountTexts.grants} about={accountTexts.grantsAbout}>
                <GrantsEditor user_id={id} name={name} />
              </Section>
            </SimpleGrid>
          ),
        },
        {
          value: 'effective',
          label: userDetailTexts.effective,
          content: <EffectivePermissions user_id={id} />,
        },
        ...(mayReadTokens ? [tokens] : []),
        ...(mayEndSessions ? [signIn] : []),
      ]}
    />
  )
}

function Facts({ user }: { user: User }) {
  return (
    <DataList labelWidth="8rem">
      <DataList.Item>
        <DataList.ItemLabel>{userTexts.status}</DataList.ItemLabel>
        <DataList.ItemValue>
          <AccountStatus status={user.status} />
        </DataList.ItemValue>
      </DataList.Item>
      {user.email !== null && (
        <DataList.Item>
          <DataList.ItemLabel>{userTexts.email}</DataList.ItemLabel>
          <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>
            <bdi>{user.email}</bdi>
          </DataList.ItemValue>
        </DataList.Item>
      )}
      <DataList.Item>
        <DataList.ItemLabel>{userTexts.lastSignIn}</DataList.ItemLabel>
        <DataList.ItemValue>
          <Time at={user.last_sign_in_at} />
        </DataList.ItemValue>
      </DataList.Item>
      <DataList.Item>
        <DataList.ItemLabel>{userTexts.created}</DataList.ItemLabel>
        <DataList.ItemValue>
          <Time at={user.created_at} />
        </DataList.ItemValue>
      </DataList.Item>
      <DataList.Item>
        <DataList.ItemLabel>{userDetailTexts.tokenLimit}</DataList.ItemLabel>
        <DataList.ItemValue>{userDetailTexts.liveTokens(user.token_limit)}</DataList.ItemValue>
      </DataList.Item>
      <DataList.Item>
        <DataList.ItemLabel>{userDetailTexts.id}</DataList.ItemLabel>
        <DataList.ItemValue>
          <IdText id={user.id} />
        </DataList.ItemValue>
      </DataList.Item>
    </DataList>
  )
}

/** What one must know of this person before looking at the rest. */
function Standing({ user: { id, status, is_service_account } }: { user: User }) {
  if (is_service_account) {
    return (
      <Alert variant="light" icon={<IconInfoCircle aria-hidden />}>
        {userDetailTexts.serviceAccount}{' '}
        <Anchor component={Link} to={`/service-accounts/${id}`}>
          {userDetailTexts.toServiceAccount}
        </Anchor>
      </Alert>
    )
  }
  if (status === 'active') return null
  return (
    <Alert
      variant="light"
      color={status === 'deactivated' ? 'gray' : 'blue'}
      icon={<IconInfoCircle aria-hidden />}
    >
      {status === 'deactivated' ? userDetailTexts.notActive : userDetailTexts.invited}
    </Alert>
  )
}
