import { useState } from 'react'

/**
 * What is being typed, to be sent to the address after a moment's silence; and what the address says, when it was
 * set by something else. Whoever sends says what was sent: when that comes back, what was typed since stays.
 */
export function useAddressText(value: string) {
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    if (value !== sent) setText(value)
    setSent(value)
  }
  return { text, setText, setSent }
}
