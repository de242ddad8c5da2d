import { Group, Select } from '@mantine/core'
import { useTenantName } from '../../access/tenant-names.ts'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { RolePicker } from '../../components/role-picker.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { TenantPicker } from '../../components/tenant-picker.tsx'
import type { ListParams } from '../../components/use-list-params.ts'
import { userTexts } from '../../texts/users.ts'

export const filterNames = ['status', 'tenant', 'role'] as const

export const isFiltered = ({ get }: ListParams): boolean => filterNames.some((name) => get(name))

const statuses = Object.entries(userTexts.statuses).map(([value, label]) => ({ value, label }))

export function UserFilters({ params }: { params: ListParams }) {
  const mayReadRoles = useAllowed('roles.read')
  return (
    <Group align="flex-end" gap="sm">
      <SearchField params={params} label={userTexts.search} />
      <Select
        label={userTexts.status}
        placeholder={userTexts.anyStatus}
        data={statuses}
        value={params.get('status') ?? null}
        onChange={(status) => params.set({ status: status ?? undefined })}
        clearable
        w={160}
      />
      <TenantFilter params={params} />
      {mayReadRoles.isAllowed && <RoleFilter params={params} />}
    </Group>
  )
}

function TenantFilter({ params }: { params: ListParams }) {
  const id = params.get('tenant') ?? null
  const name = useTenantName(id)
  return (
    <TenantPicker
      label={userTexts.inTenant}
      placeholder={userTexts.noFilter}
      chosen={id === null ? null : { value: id, label: name }}
      onChoose={(choice) => params.set({ tenant: choice?.value })}
      clearable
    />
  )
}

function RoleFilter({ params }: { params: ListParams }) {
  const id = params.get('role') ?? ''
  const { data } = api.useQuery(
    'get',
    '/api/v1/roles/{id}',
    { params: { path: { id } } },
    { enabled: id !== '' },
  )
  return (
    <RolePicker
      label={userTexts.withRole}
      placeholder={userTexts.noFilter}
      chosen={id === '' ? null : { value: id, label: data?.name ?? id }}
      onChoose={(choice) => params.set({ role: choice?.value })}
      clearable
    />
  )
}
