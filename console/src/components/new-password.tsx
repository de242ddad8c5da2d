import { PasswordInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { texts } from '../texts/common.ts'

type Props = {
  label: string
  repeatLabel: string
  description?: string | undefined
  error?: string | undefined
  /** The password; null as long as it hasn't been typed twice alike. */
  onChange: (password: string | null) => void
}

/** A password to be kept: nobody sees what they type, so they type it twice. */
export function NewPassword({ label, repeatLabel, description, error, onChange }: Props) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isLeft, setLeft] = useState(false)
  const differs = again !== '' && again !== password
  const repeated = useRef<HTMLInputElement>(null)
  // So that a form with two different ones isn't sent, and the browser says which field is why.
  useEffect(
    () => repeated.current?.setCustomValidity(differs ? texts.passwordsDiffer : ''),
    [differs],
  )
  return (
    <>
      <PasswordInput
        label={label}
        description={description}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        onChange={({ currentTarget: { value } }) => {
          setPassword(value)
          onChange(value === again ? value : null)
        }}
        error={error}
      />
      <PasswordInput
        ref={repeated}
        label={repeatLabel}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={again}
        onChange={({ currentTarget: { value } }) => {
          setAgain(value)
          onChange(value === password ? value : null)
        }}
        onBlur={() => setLeft(true)}
        error={isLeft && differs && texts.passwordsDiffer}
      />
    </>
  )
}
