import { Button, Group, PasswordInput, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { signInTexts as texts } from '../texts/sign-in.ts'

type Props = {
  asks: 'totp' | 'recovery_code' | 'password'
  action: string
  isBusy: boolean
  onSubmit: (typed: string) => void
  /** Beside the button. */
  children?: ReactNode
}

/** One field for what a person shows, with the focus in it. */
export function CodeForm({ asks, action, isBusy, onSubmit, children }: Props) {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const common = {
    ref: field,
    label: texts.fields[asks],
    value: typed,
    required: true,
    withAsterisk: false,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setTyped(currentTarget.value),
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(asks === 'totp' ? typed.replaceAll(/\s/g, '') : typed)
        setTyped('')
      }}
    >
      {asks === 'password' ? (
        <PasswordInput {...common} autoComplete="current-password" />
      ) : (
        <TextInput
          {...common}
          description={texts.hints[asks]}
          autoComplete={asks === 'totp' ? 'one-time-code' : 'off'}
          inputMode={asks === 'totp' ? 'numeric' : 'text'}
          spellCheck={false}
        />
      )}
      <Group justify="flex-end" mt="md">
        {children}
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
      </Group>
    </form>
  )
}
