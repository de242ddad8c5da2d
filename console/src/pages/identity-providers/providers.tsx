import { Anchor, EmptyState, Group, Text } from '@mantine/core'
import { IconPlus, IconUserShield } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { providersTexts as texts } from '../../texts/identity-providers.ts'
import type { Provider } from './draft.ts'
import { ProviderState } from './provider-state.tsx'

type Query = NonNullable<operations['listIdentityProviders']['parameters']['query']>

const columns: readonly Column<Provider>[] = [
  {
    title: texts.name,
    sort: 'name',
    cell: ({ id, name, is_enabled }) => (
      <Group gap="xs">
        <Anchor component={Link} to={`/system/identity-providers/${id}`} size="sm" fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
        <ProviderState isEnabled={is_enabled} />
      </Group>
    ),
  },
  {
    title: texts.issuer,
    cell: ({ issuer }) => (
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {issuer}
      </Text>
    ),
  },
  {
    title: texts.newPeople,
    cell: ({ jit, allowed_domains }) => (
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {jit.enabled ? texts.ofDomains(allowed_domains) : texts.linksOfDomains(allowed_domains)}
      </Text>
    ),
  },
  {
    title: texts.created,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" style={{ whiteSpace: 'nowrap' }} />,
  },
]

export function Component() {
  const params = useListParams()
  const allowed = useAllowed('settings.write')
  const { page, limit, sort = 'name' } = params
  const providers = api.useQuery(
    'get',
    '/api/v1/identity-providers',
    // Whatever the address says: what the server doesn't know it refuses in its words.
    { params: { query: { page, limit, sort: sort as NonNullable<Query['sort']> } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={texts.list}
      about={texts.about}
      actions={
        <LinkButton
          to="/system/identity-providers/new"
          allowed={allowed}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {texts.add}
        </LinkButton>
      }
    >
      <Loaded query={providers}>
        {({ data, total }) => (
          <DataTable
            label={texts.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={{ ...params, sort }}
            empty={
              <EmptyState
                icon={<IconUserShield aria-hidden />}
                title={texts.empty}
                description={texts.emptyAbout}
              />
            }
          />
        )}
      </Loaded>
    </Page>
  )
}
