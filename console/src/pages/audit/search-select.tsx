import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'

type Option = { value: string; label: string }

type Props = {
  label: string
  placeholder: string
  nothingFound: string
  value: string | undefined
  error: string | undefined
  /** What the server found. */
  options: readonly Option[]
  /** Names of what may be chosen already. */
  known: readonly Option[]
  onSearch: (text: string) => void
  set: (value: string | null) => void
}

/** One of many, found by the server while one types. */
export function SearchSelect({
  value,
  options,
  known,
  nothingFound,
  onSearch,
  set,
  ...props
}: Props) {
  const chosen = value ? [known.find((one) => one.value === value) ?? { value, label: value }] : []
  const all = new Map([...options, ...chosen].map((option) => [option.value, option]))
  return (
    <Select
      {...props}
      data={[...all.values()]}
      value={value ?? null}
      onChange={set}
      searchable
      clearable
      // The server has searched already, by more than the label.
      filter={({ options }) => options}
      onSearchChange={onSearch}
      nothingFoundMessage={nothingFound}
      maxDropdownHeight={280}
    />
  )
}

/** What is searched for, after a moment's silence. */
export function useSearch(): [string, (text: string) => void] {
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim().slice(0, 200), 250)
  return [search, setText]
}

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id that was pasted can be chosen as it is. */
export const idIn = (text: string): Option[] =>
  id.test(text) ? [{ value: text, label: text }] : []
