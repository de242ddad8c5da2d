import { Anchor, Badge, Text } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { Time } from '../../components/time.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { components, operations } from '../../generated/api.d.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import { PermissionsInShort } from './permissions-in-short.tsx'

type Role = components['schemas']['Role']
type Sort = NonNullable<NonNullable<operations['listRoles']['parameters']['query']>['sort']>

const columns: Column<Role>[] = [
  {
    title: texts.name,
    sort: 'name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/roles/${id}`} fw={600} size="sm">
        <bdi>{name}</bdi>
      </Anchor>
    ),
  },
  {
    title: texts.description,
    cell: ({ description }) => (
      <Text size="sm" lineClamp={2}>
        <bdi>{description || texts.noDescription}</bdi>
      </Text>
    ),
  },
  {
    title: texts.permissions,
    cell: ({ permissions }) => <PermissionsInShort permissions={permissions} />,
  },
  {
    title: texts.origin,
    cell: ({ built_in }) => (
      <Badge variant={built_in ? 'default' : 'light'} tt="none" fw={500} miw="max-content">
        {built_in ? texts.builtIn : texts.own}
      </Badge>
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
  const { page, limit, search, sort = 'name' } = params
  const query = { page, limit, sort: sort as Sort, ...(search && { search }) }
  const roles = api.useQuery(
    'get',
    '/api/v1/roles',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const allowed = useAllowed('roles.write')
  const navigate = useNavigate()
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <AllowedButton allowed={allowed} onClick={() => navigate('/roles/new')}>
          {texts.add}
        </AllowedButton>
      }
    >
      <SearchField params={params} label={texts.search} />
      <Loaded query={roles}>
        {({ data, total }) => (
          <DataTable
            label={texts.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={{ ...params, sort }}
            empty={<Text c="dimmed">{texts.empty}</Text>}
          />
        )}
      </Loaded>
    </Page>
  )
}
