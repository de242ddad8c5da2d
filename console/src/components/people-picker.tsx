import { MultiSelect, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { holdsAnywhere, useMe } from '../access/me.ts'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'

export type PersonChoice = { value: string; label: string; email?: string | null }

type Common = {
  label: string
  description?: string
  placeholder?: string
  error?: string | undefined
  /** Not offered: they are chosen already. */
  without?: readonly string[]
}

type OneProps = Common & {
  chosen: PersonChoice | null
  onChoose: (choice: PersonChoice | null) => void
}

/** An active person, found by the server as one types; oneself, where one may look for nobody else. */
export function PersonPicker({ chosen, onChoose, without, ...props }: OneProps) {
  const { choices, ...search } = useChoices(chosen ? [chosen] : [], without)
  return (
    <Select
      {...props}
      {...search}
      searchable
      data={choices}
      value={chosen?.value ?? null}
      onChange={(value) => onChoose(choices.find((choice) => choice.value === value) ?? null)}
      filter={({ options }) => options}
      renderOption={({ option }) => <Option choice={option} />}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}

type ManyProps = Common & {
  chosen: readonly PersonChoice[]
  onChoose: (choices: PersonChoice[]) => void
}

/** Any number of them. */
export function PeoplePicker({ chosen, onChoose, without, ...props }: ManyProps) {
  const { choices, ...search } = useChoices(chosen, without)
  return (
    <MultiSelect
      {...props}
      {...search}
      searchable
      hidePickedOptions
      data={choices}
      value={chosen.map(({ value }) => value)}
      onChange={(values) => onChoose(choices.filter(({ value }) => values.includes(value)))}
      filter={({ options }) => options}
      renderOption={({ option }) => <Option choice={option} />}
      nothingFoundMessage={texts.nothingFound}
      maxDropdownHeight={280}
    />
  )
}

function Option({ choice }: { choice: PersonChoice }) {
  return (
    <div>
      <Text size="sm" truncate>
        <bdi>{choice.label}</bdi>
      </Text>
      {choice.email && (
        <Text size="xs" truncate>
          <bdi>{choice.email}</bdi>
        </Text>
      )}
    </div>
  )
}

function useChoices(chosen: readonly PersonChoice[], without: readonly string[] = []) {
  const me = useMe()
  const [searchValue, onSearchChange] = useState('')
  const [asked] = useDebouncedValue(searchValue.trim(), 200)
  // The field shows the name of who is chosen; that is no search for it.
  const isName = chosen.some(({ label }) => label === asked)
  const query = {
    limit: 50,
    sort: 'name' as const,
    is_service_account: false,
    status: 'active' as const,
    ...(asked && !isName && { search: asked.slice(0, 100) }),
  }
  const { data } = api.useQuery(
    'get',
    '/api/v1/users',
    { params: { query } },
    { placeholderData: keepPreviousData, enabled: holdsAnywhere(me, 'users.read') },
  )
  const own = { value: me.id, label: me.name, email: me.email }
  const found = data?.data.map(({ id, name, email }) => ({ value: id, label: name, email }))
  const all = new Map([...chosen, ...(found ?? [own])].map((choice) => [choice.value, choice]))
  const choices = [...all.values()].filter(({ value }) => !without.includes(value))
  return { choices, searchValue, onSearchChange }
}
