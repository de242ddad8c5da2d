import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { ListParams } from '../../components/use-list-params.ts'
import { texts } from '../../texts/common.ts'
import { importTexts as words } from '../../texts/imports.ts'

/** Shows only those of one application (`?application=`), found by the server as one types. */
export function ApplicationFilter({ params }: { params: ListParams }) {
  const id = params.get('application') ?? null
  const [searchValue, onSearchChange] = useState('')
  const [asked] = useDebouncedValue(searchValue.trim(), 200)
  const chosen = useChosen(id)
  const isName = asked === chosen?.label
  const { data } = api.useQuery(
    'get',
    '/api/v1/applications',
    {
      params: {
        query: {
          limit: 50,
          sort: 'name',
          ...(asked && !isName && { search: asked.slice(0, 100) }),
        },
      },
    },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const all = new Map([...(chosen ? [chosen] : []), ...found].map((one) => [one.value, one]))
  return (
    <Select
      label={words.application}
      placeholder={words.anyApplication}
      searchable
      clearable
      data={[...all.values()]}
      value={id}
      onChange={(value) => params.set({ application: value ?? undefined })}
      searchValue={searchValue}
      onSearchChange={onSearchChange}
      filter={({ options }) => options}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}

function useChosen(id: string | null) {
  const { data } = api.useQuery(
    'get',
    '/api/v1/applications/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== null },
  )
  return id === null ? null : { value: id, label: data?.name ?? id }
}
