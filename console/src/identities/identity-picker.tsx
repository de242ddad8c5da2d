import { Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTenantName } from '../access/tenant-names.ts'
import { api } from '../api/client.ts'
import { searchState } from '../components/search-state.ts'
import { type Identity, nameOf } from './types.ts'

type Props = {
  label: string
  description?: string
  placeholder?: string
  wrong?: string | undefined
  required?: boolean
  clearable?: boolean
  chosen: Identity | null
  /** Chosen by the address, perhaps somebody whom one may not see: shown by the id alone. */
  chosen_id?: string | null
  onChoose: (identity: Identity | null) => void
  /** Only of this tenant. */
  tenant_id?: string | undefined
  /** Only who is there now. */
  status?: 'active'
}

/** Somebody on the books, found by the server as one types. */
export function IdentityPicker({
  chosen,
  chosen_id = chosen?.id ?? null,
  onChoose,
  tenant_id,
  status,
  wrong,
  ...props
}: Props) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  // The field shows the name of who is chosen; that is no search for it.
  const isName = asked === (chosen === null ? chosen_id : nameOf(chosen))
  const query = {
    limit: 50,
    ...(tenant_id && { tenant_id }),
    ...(status && { status }),
    ...(asked && !isName && { search: asked.slice(0, 100) }),
  }
  const people = api.useQuery(
    'get',
    '/api/v1/identities',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const found = [...(chosen ? [chosen] : []), ...(people.data?.data ?? [])]
  const all = new Map(found.map((identity) => [identity.id, identity]))
  const options = [...all.values()].map((one) => ({ value: one.id, label: nameOf(one) }))
  const unseen = chosen_id === null || all.has(chosen_id) ? [] : [chosen_id]
  return (
    <Select
      {...props}
      {...searchState(people, wrong)}
      searchable
      data={[...unseen.map((id) => ({ value: id, label: id })), ...options]}
      value={chosen_id}
      onChange={(id) => onChoose(all.get(id ?? '') ?? null)}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <Option label={option.label} identity={all.get(option.value)} />
      )}
      maxDropdownHeight={280}
    />
  )
}

type OptionProps = { label: string; identity: Identity | undefined }

function Option({ label, identity }: OptionProps) {
  const tenant = useTenantName(identity?.tenant_id ?? null)
  if (!identity) return label
  return (
    <div>
      <Text size="sm" truncate>
        <bdi>{nameOf(identity)}</bdi>
      </Text>
      <Text size="xs" truncate>
        {identity.email !== null && (
          <>
            <bdi>{identity.email}</bdi> ·{' '}
          </>
        )}
        <bdi>{tenant}</bdi>
      </Text>
    </div>
  )
}
