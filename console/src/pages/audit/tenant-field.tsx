import { useTenantName } from '../../access/tenant-names.ts'
import { api } from '../../api/client.ts'
import { auditTexts as texts } from '../../texts/audit.ts'
import { idIn, SearchSelect, useSearch } from './search-select.tsx'

type Props = {
  value: string | undefined
  error: string | undefined
  set: (value: string | null) => void
}

export function TenantField({ value, error, set }: Props) {
  const [search, setSearch] = useSearch()
  const query = { limit: 20, sort: 'name' as const, ...(search && { search }) }
  const tenants = api.useQuery('get', '/api/v1/me/tenants', { params: { query } })
  const name = useTenantName(value ?? null)
  const found = (tenants.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <SearchSelect
      label={texts.tenant}
      placeholder={texts.anyTenant}
      nothingFound={texts.nothingFound}
      value={value}
      error={error}
      options={[...found, ...idIn(search)]}
      known={value ? [{ value, label: name }] : []}
      onSearch={setSearch}
      set={set}
    />
  )
}
