import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { texts } from '../texts/common.ts'
import { useAddressText } from './use-address-text.ts'
import type { ListParams } from './use-list-params.ts'

/** Searches as one types, after a moment's silence; shows what the address says when that was set elsewhere. */
export function SearchField({
  params,
  label = texts.search,
}: {
  params: ListParams
  label?: string
}) {
  const { text, setText, setSent } = useAddressText(params.search)
  const search = useDebouncedCallback((value: string) => {
    setSent(value.trim())
    params.set({ search: value.trim() })
  }, 250)
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
