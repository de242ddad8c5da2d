import { Button, EmptyState, Group, Select } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { SearchField } from '../../components/search-field.tsx'
import type { ListParams } from '../../components/use-list-params.ts'
import { tenantTexts } from '../../texts/tenants.ts'

const choicesOf = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

export function TenantFilters({ params }: { params: ListParams }) {
  return (
    <Group align="flex-end" gap="sm">
      <SearchField params={params} label={tenantTexts.search} />
      <Select
        label={tenantTexts.type}
        placeholder={tenantTexts.anyType}
        data={choicesOf(tenantTexts.types)}
        value={params.get('type') ?? null}
        onChange={(type) => params.set({ type: type ?? undefined })}
        clearable
        w={160}
      />
      <Select
        label={tenantTexts.status}
        placeholder={tenantTexts.anyStatus}
        data={choicesOf(tenantTexts.statuses)}
        value={params.get('status') ?? null}
        onChange={(status) => params.set({ status: status ?? undefined })}
        clearable
        w={160}
      />
    </Group>
  )
}

export function NoTenants({ params }: { params: ListParams }) {
  const isFiltered = Boolean(params.get('type') ?? params.get('status'))
  if (!isFiltered && params.search === '') {
    return (
      <EmptyState
        icon={<IconBuilding aria-hidden />}
        title={tenantTexts.empty}
        description={tenantTexts.emptyAbout}
      />
    )
  }
  return (
    <EmptyState icon={<IconBuilding aria-hidden />} title={tenantTexts.nothingMatches}>
      {isFiltered && (
        <Button
          variant="default"
          onClick={() => params.set({ type: undefined, status: undefined })}
        >
          {tenantTexts.clear}
        </Button>
      )}
    </EmptyState>
  )
}
