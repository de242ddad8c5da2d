import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { failureOf } from '../api/errors.ts'
import { FormFailure } from '../components/form-failure.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { CodeField } from './code-field.tsx'
import { type Asked, fieldOf, useProof, type Way } from './use-proof.ts'

type Props = Asked & {
  /** The way out. */
  leave: ReactNode
}

/** Asks somebody to show that it is them, in one of these ways, the best one first. */
export function ProofForm({ leave, ...asked }: Props) {
  const { way, others, choose, typed, setTyped, submit, error, isBusy } = useProof(asked)
  const form = useRef<HTMLFormElement>(null)
  // Another way has come, or the same one is to be tried again: its field is empty, and the next thing to do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [way, error])
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack>
        <FormFailure error={error} fields={way && way !== 'passkey' ? [fieldOf[way]] : []} />
        {way && <Field key={way} way={way} value={typed} onChange={setTyped} error={error} />}
        <Group justify="flex-end">
          {leave}
          {way && (
            <Button
              type="submit"
              loading={isBusy}
              {...(way === 'passkey' && {
                leftSection: <IconFingerprint size={18} aria-hidden />,
                'data-autofocus': true,
              })}
            >
              {way === 'passkey' ? texts.usePasskey : texts.goOn}
            </Button>
          )}
        </Group>
        {others.length > 0 && (
          <Stack gap={4} align="flex-start">
            {others.map((other) => (
              <Button key={other} variant="subtle" size="compact-sm" onClick={() => choose(other)}>
                {texts.instead[other]}
              </Button>
            ))}
          </Stack>
        )}
      </Stack>
    </form>
  )
}

type FieldProps = { way: Way; value: string; onChange: (value: string) => void; error: unknown }

function Field({ way, value, onChange, error }: FieldProps) {
  const wrong = error === null ? undefined : failureOf(error).fields[fieldOf[way]]
  if (way === 'passkey') return <Text size="sm">{texts.passkeyAbout}</Text>
  if (way === 'totp') {
    return <CodeField value={value} onChange={onChange} error={wrong} />
  }
  const field = {
    value,
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
    error: wrong,
    required: true,
    withAsterisk: false,
    'data-autofocus': true,
  }
  if (way === 'password') {
    return <PasswordInput {...field} label={texts.password} autoComplete="current-password" />
  }
  return (
    <TextInput
      {...field}
      label={texts.recoveryCode}
      description={texts.recoveryCodeAbout}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
