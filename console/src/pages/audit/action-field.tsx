import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { auditTexts as texts } from '../../texts/audit.ts'
import type { AuditEvent } from './event.ts'

type Props = {
  value: string | undefined
  seen: readonly AuditEvent[]
  set: (value: string) => void
}

/** Since the console was opened: what is filtered shows few of them. */
const met = new Set<string>()

/** One action by its whole name, from those that the log has shown or as it is typed. */
export function ActionField({ value = '', seen, set }: Props) {
  const [text, setText] = useState(value)
  const [from, setFrom] = useState(value)
  if (from !== value) {
    setFrom(value)
    setText(value)
  }
  for (const { action } of seen) met.add(action)
  const send = () => {
    if (text.trim() !== value) set(text.trim())
  }
  return (
    <Autocomplete
      label={texts.action}
      placeholder={texts.anyAction}
      data={[...met].sort()}
      value={text}
      maxLength={100}
      spellCheck={false}
      clearable
      onChange={setText}
      onOptionSubmit={set}
      onClear={() => set('')}
      onBlur={send}
      onKeyDown={({ key }) => {
        if (key === 'Enter') send()
      }}
    />
  )
}
