import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'

type Props = {
  value: string
  onChange: (code: string) => void
  error?: string | undefined
  inputRef?: Ref<HTMLInputElement>
}

/** Six digits; apps show them in two groups, and so they are often typed. */
export function CodeField({ value, onChange, error, inputRef = null }: Props) {
  return (
    <TextInput
      ref={inputRef}
      label={texts.code}
      description={texts.codeAbout}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replaceAll(/\D/g, ''))}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={7}
      required
      withAsterisk={false}
      data-autofocus
    />
  )
}
