import { Button, EmptyState, Group } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { TenantFilter } from '../../components/tenant-filter.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { webhookTexts as words } from '../../texts/webhooks.ts'
import { mayAnywhere } from '../../webhooks/may.ts'
import { columns } from './columns.tsx'

type Query = NonNullable<operations['listWebhooks']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const isAllowed = mayAnywhere(useMe())
  const webhooks = api.useQuery(
    'get',
    '/api/v1/webhooks',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={words.list}
      about={words.about}
      actions={
        <LinkButton
          to="/webhooks/new"
          allowed={{ isAllowed, reason: isAllowed ? null : words.mayNot }}
        >
          {words.create}
        </LinkButton>
      }
    >
      <Group align="flex-end" gap="sm">
        <TenantFilter params={params} />
      </Group>
      <Loaded query={webhooks}>
        {({ data, total }) => (
          <DataTable
            label={words.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoWebhooks params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

function queryOf({ page, limit, sort, get }: ListParams): Query {
  const tenant_id = get('tenant')
  return {
    page,
    limit,
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(tenant_id && { tenant_id }),
  }
}

function NoWebhooks({ params }: { params: ListParams }) {
  const icon = <IconWebhook aria-hidden />
  if (!params.get('tenant')) {
    return <EmptyState icon={icon} title={words.empty} description={words.emptyAbout} />
  }
  return (
    <EmptyState icon={icon} title={words.nothingMatches}>
      <Button variant="default" onClick={() => params.set({ tenant: undefined })}>
        {words.clear}
      </Button>
    </EmptyState>
  )
}
