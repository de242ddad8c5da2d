import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { texts } from '../texts/common.ts'
import type { ListParams } from './use-list-params.ts'

/** Searches as one types, after a moment's silence. */
export function SearchField({
  params,
  label = texts.search,
}: {
  params: ListParams
  label?: string
}) {
  const [text, setText] = useState(params.search)
  const search = useDebouncedCallback((value: string) => params.set({ search: value.trim() }), 250)
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={100}
      onChange={({ currentTarget: { value } }) => {
        setText(value)
        search(value)
      }}
      w={{ base: '100%', sm: 280 }}
    />
  )
}
