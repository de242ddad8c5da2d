import { Alert, Code, DataList } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { NotFound } from '../../components/not-found.tsx'
import { Page } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { tenantTexts, tenantDetailTexts as words } from '../../texts/tenants.ts'
import { Members } from './members.tsx'
import { TenantActions } from './tenant-actions.tsx'
import { type Tenant, TenantStatus, TenantType } from './tenant-state.tsx'
import { TenantTokens } from './tenant-tokens.tsx'

export function Component() {
  const { id = '' } = useParams()
  // By its id in the list, where a suspended tenant is, too; on its own it answers only while it is active.
  const found = api.useQuery('get', '/api/v1/tenants', { params: { query: { search: id } } })
  return (
    <Loaded query={found}>
      {({ data }) => {
        const tenant = data.find((one) => one.id === id)
        return tenant ? <TenantPage tenant={tenant} /> : <NotFound />
      }}
    </Loaded>
  )
}

function TenantPage({ tenant }: { tenant: Tenant }) {
  return (
    <Page
      title={tenant.name}
      above={[{ to: '/tenants', label: tenantTexts.list }]}
      actions={<TenantActions tenant={tenant} />}
    >
      {tenant.status !== 'active' && (
        <Alert
          variant="light"
          color={tenant.status === 'retired' ? 'gray' : 'orange'}
          icon={<IconInfoCircle aria-hidden />}
        >
          {tenant.status === 'retired' ? words.isRetired : words.isSuspended}
        </Alert>
      )}
      <Facts tenant={tenant} />
      {tenant.status === 'active' && <TenantTabs tenant={tenant} />}
    </Page>
  )
}

function Facts({ tenant }: { tenant: Tenant }) {
  const facts = [
    [tenantTexts.status, <TenantStatus key="status" tenant={tenant} />],
    [tenantTexts.type, <TenantType key="type" tenant={tenant} />],
    [tenantTexts.slug, <Code key="slug">{tenant.slug}</Code>],
    [tenantTexts.created, <Time key="created" at={tenant.created_at} />],
    [tenantTexts.id, <IdText key="id" id={tenant.id} />],
  ] as const
  return (
    <DataList labelWidth="8rem">
      {facts.map(([label, value]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue>{value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  )
}

function TenantTabs({ tenant }: { tenant: Tenant }) {
  const mayReadTokens = useAllowed('tokens.read', tenant.id)
  const tokens = {
    value: 'tokens',
    label: words.tokens,
    content: <TenantTokens tenant={tenant} />,
  }
  return (
    <AddressTabs
      label={tenant.name}
      tabs={[
        { value: 'members', label: words.members, content: <Members tenant_id={tenant.id} /> },
        ...(mayReadTokens.isAllowed ? [tokens] : []),
      ]}
    />
  )
}
