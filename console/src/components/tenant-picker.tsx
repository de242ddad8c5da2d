import { Group, MultiSelect, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'
import { wordNames } from './scope-entry.tsx'

export type Choice = { value: string; label: string; slug?: string }

/** What can be chosen besides the tenants. */
export const scopeWords: readonly Choice[] = Object.entries(wordNames).map(([value, label]) => ({
  value,
  label,
}))

type Common = {
  label: string
  description?: string
  error?: string | undefined
  /** Ahead of the tenants: words, “the platform”. */
  extra?: readonly Choice[]
  /** Not offered: they are chosen already. */
  without?: readonly string[]
}

type OneProps = Common & {
  chosen: Choice | null
  onChoose: (choice: Choice | null) => void
  clearable?: boolean
  placeholder?: string
}

/** One of the tenants that one reaches oneself, found by the server as one types. */
export function TenantPicker({ chosen, onChoose, extra, without, ...props }: OneProps) {
  const { choices, search, setSearch } = useChoices({
    extra,
    without,
    chosen: chosen ? [chosen] : [],
  })
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
      renderOption={({ option }) => <Option choice={option} />}
      nothingFoundMessage={texts.nothingFound}
      comboboxProps={{ withinPortal: true }}
      maxDropdownHeight={280}
    />
  )
}

type ManyProps = Common & { chosen: readonly Choice[]; onChoose: (choices: Choice[]) => void }

/** Any number of them. */
export function TenantsPicker({ chosen, onChoose, extra, without, ...props }: ManyProps) {
  const { choices, search, setSearch } = useChoices({ extra, without, chosen })
  return (
    <MultiSelect
      {...props}
      searchable
      hidePickedOptions
      data={choices}
      value={chosen.map(({ value }) => value)}
      onChange={(values) => onChoose(choices.filter(({ value }) => values.includes(value)))}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      renderOption={({ option }) => <Option choice={option} />}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}

function Option({ choice }: { choice: Choice }) {
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between" w="100%">
      <Text size="sm" truncate>
        <bdi>{choice.label}</bdi>
      </Text>
      {choice.slug && (
        <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
          {choice.slug}
        </Text>
      )}
    </Group>
  )
}

type Wanted = {
  extra: readonly Choice[] | undefined
  without: readonly string[] | undefined
  chosen: readonly Choice[]
}

function useChoices({ extra = [], without = [], chosen }: Wanted) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  // The field shows the name of what is chosen; that is no search for it.
  const isName = chosen.some(({ label }) => label === asked)
  const query = {
    limit: 50,
    sort: 'name' as const,
    ...(asked && !isName && { search: asked.slice(0, 100) }),
  }
  const { data } = api.useQuery(
    'get',
    '/api/v1/me/tenants',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.data ?? []).map(({ id, name, slug }) => ({ value: id, label: name, slug }))
  const said = extra.filter(({ label }) => isName || contains(label, search))
  const all = new Map([...chosen, ...said, ...found].map((choice) => [choice.value, choice]))
  const choices = [...all.values()].filter(({ value }) => !without.includes(value))
  return { choices, search, setSearch }
}

const contains = (label: string, search: string) =>
  label.toLowerCase().includes(search.trim().toLowerCase())
