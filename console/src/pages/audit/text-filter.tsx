import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useAddressText } from '../../components/use-address-text.ts'

type Props = {
  label: string
  placeholder?: string
  type?: 'text' | 'datetime-local'
  value: string | undefined
  error: string | undefined
  /** What is meant by what was typed. */
  read?: (text: string) => string
  set: (value: string) => void
}

const silenceMs = { text: 300, 'datetime-local': 800 }

/** Filters as one types, after a moment's silence; shows what the address says when that was set elsewhere. */
export function TextFilter({ value = '', read, set, type = 'text', ...props }: Props) {
  const { text, setText, setSent } = useAddressText(value)
  const send = useDebouncedCallback((typed: string) => {
    const meant = read ? read(typed.trim()) : typed.trim()
    setSent(meant)
    if (read) setText(meant)
    set(meant)
  }, silenceMs[type])
  return (
    <TextInput
      {...props}
      type={type}
      value={text}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        send(currentTarget.value)
      }}
    />
  )
}
