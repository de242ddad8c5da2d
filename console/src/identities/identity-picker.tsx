import { Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTenantName } from '../access/tenant-names.ts'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'
import { type Identity, nameOf } from './types.ts'

type Props = {
  label: string
  description?: string
  placeholder?: string
  error?: string | undefined
  required?: boolean
  clearable?: boolean
  chosen: Identity | null
  onChoose: (identity: Identity | null) => void
  /** Only of this tenant. */
  tenant_id?: string | undefined
  /** Only who is there now. */
  status?: 'active'
}

/** Somebody on the books, found by the server as one types. */
export function IdentityPicker({ chosen, onChoose, tenant_id, status, ...props }: Props) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  // The field shows the name of who is chosen; that is no search for it.
  const isName = chosen !== null && asked === nameOf(chosen)
  const query = {
    limit: 50,
    ...(tenant_id && { tenant_id }),
    ...(status && { status }),
    ...(asked && !isName && { search: asked.slice(0, 100) }),
  }
  const { data } = api.useQuery(
    'get',
    '/api/v1/identities',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const found = [...(chosen ? [chosen] : []), ...(data?.data ?? [])]
  const all = new Map(found.map((identity) => [identity.id, identity]))
  return (
    <Select
      {...props}
      searchable
      data={[...all.values()].map((identity) => ({ value: identity.id, label: nameOf(identity) }))}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose(all.get(id ?? '') ?? null)}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      renderOption={({ option }) => <Option identity={all.get(option.value)} />}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}

function Option({ identity }: { identity: Identity | undefined }) {
  const tenant = useTenantName(identity?.tenant_id ?? null)
  if (!identity) return null
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
