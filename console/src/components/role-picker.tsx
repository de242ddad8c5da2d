import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'
import type { Choice } from './tenant-picker.tsx'

type Props = {
  label: string
  chosen: Choice | null
  onChoose: (choice: Choice | null) => void
  clearable?: boolean
  error?: string | undefined
  placeholder?: string
}

/** One of the roles, found by the server as one types. For who may read roles. */
export function RolePicker({ chosen, onChoose, ...props }: Props) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  const isName = asked === chosen?.label
  const query = {
    limit: 50,
    sort: 'name' as const,
    ...(asked && !isName && { search: asked.slice(0, 100) }),
  }
  const { data } = api.useQuery(
    'get',
    '/api/v1/roles',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const all = new Map([...(chosen ? [chosen] : []), ...found].map((one) => [one.value, one]))
  const choices = [...all.values()]
  return (
    <Select
      {...props}
      searchable
      data={choices}
      value={chosen?.value ?? null}
      onChange={(value) => onChoose(choices.find((choice) => choice.value === value) ?? null)}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}
