import { Badge, Code, Group, SegmentedControl, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { components } from '../../generated/api.d.ts'
import { permissionTexts as texts } from '../../texts/permissions.ts'
import { listQueryOf, scopeIn } from './list-query.ts'
import { RegisterPermission } from './register-permission.tsx'

type Permission = components['schemas']['Permission']

const columns: Column<Permission>[] = [
  {
    title: texts.name,
    sort: 'name',
    cell: ({ name }) => (
      <span>
        <Code>{name}</Code>
      </span>
    ),
  },
  {
    title: texts.description,
    cell: ({ description }) => (
      <Text size="sm" lineClamp={3}>
        <bdi>{description}</bdi>
      </Text>
    ),
  },
  { title: texts.scope, cell: ({ scope }) => texts.scopes[scope] },
  {
    title: texts.origin,
    cell: ({ built_in }) => (
      <Badge variant={built_in ? 'default' : 'light'} tt="none" fw={500} miw="max-content">
        {built_in ? texts.builtIn : texts.ofProduct}
      </Badge>
    ),
  },
]

export function Component() {
  const params = useListParams()
  const query = listQueryOf(params)
  const permissions = api.useQuery(
    'get',
    '/api/v1/permissions',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const allowed = useAllowed('permissions.write')
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <AllowedButton allowed={allowed} onClick={open}>
          {texts.register}
        </AllowedButton>
      }
    >
      <Group justify="space-between">
        <SearchField params={params} label={texts.search} />
        <SegmentedControl
          aria-label={texts.scope}
          data={[
            { value: '', label: texts.everyScope },
            ...Object.entries(texts.scopes).map(([value, label]) => ({ value, label })),
          ]}
          value={scopeIn(params) ?? ''}
          onChange={(scope) => params.set({ scope })}
        />
      </Group>
      <Loaded query={permissions}>
        {({ data, total }) => (
          <DataTable
            label={texts.list}
            columns={columns}
            rows={data}
            keyOf={({ name }) => name}
            total={total}
            params={{ ...params, sort: query.sort }}
          />
        )}
      </Loaded>
      {isOpen && <RegisterPermission onClose={close} />}
    </Page>
  )
}
