import { Checkbox, Group, Select } from '@mantine/core'
import { SearchField } from '../../components/search-field.tsx'
import type { ListParams } from '../../components/use-list-params.ts'
import { accountsTexts } from '../../texts/service-accounts.ts'
import { userTexts } from '../../texts/users.ts'

const { active, deactivated } = userTexts.statuses
const statuses = Object.entries({ active, deactivated }).map(([value, label]) => ({ value, label }))

export const filterNames = ['status', 'orphaned'] as const

export function AccountFilters({ params }: { params: ListParams }) {
  return (
    <Group gap="md">
      <SearchField params={params} label={accountsTexts.search} />
      <Select
        aria-label={accountsTexts.status}
        placeholder={accountsTexts.anyStatus}
        data={statuses}
        value={params.get('status') ?? null}
        onChange={(status) => params.set({ status: status ?? undefined })}
        clearable
        w={160}
      />
      <Checkbox
        label={accountsTexts.orphanedOnly}
        checked={params.get('orphaned') !== undefined}
        onChange={({ currentTarget }) =>
          params.set({ orphaned: currentTarget.checked ? 'true' : undefined })
        }
      />
    </Group>
  )
}
