import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type SecondFactorDue, signIn, signInByPasskey } from '../api/sign-in.ts'
import { FailureAlert } from '../components/failure.tsx'
import { secondFactorTexts } from '../texts/second-factors.ts'
import { signInTexts } from '../texts/sign-in.ts'
import { SecondStep } from './second-step.tsx'

type Props = {
  /** Whose sign-in it is to be; without one, anybody's. */
  whose?: string
  /** The way out. */
  leave?: ReactNode
}

/** By password, and what is due besides; or by a passkey. Who comes in is told by the state of the session. */
export function SignInForm({ whose, leave }: Props) {
  const [email, setEmail] = useState(whose ?? '')
  const [due, setDue] = useState<SecondFactorDue | null>(null)
  if (due !== null) return <SecondStep due={due} onBack={() => setDue(null)} />
  return (
    <FirstStep
      email={email}
      {...(whose === undefined && { onEmail: setEmail })}
      leave={leave}
      onDue={setDue}
    />
  )
}

/** One attempt at a time, and what became of the last one. */
function useAttempt(onFailure: () => void) {
  const [busyWith, setBusyWith] = useState<'password' | 'passkey' | null>(null)
  const [error, setError] = useState<unknown>(null)
  async function attempt(by: 'password' | 'passkey', enter: () => Promise<void>) {
    setBusyWith(by)
    setError(null)
    try {
      await enter()
    } catch (failure) {
      setError(failure)
      setBusyWith(null)
      onFailure()
    }
  }
  return { busyWith, error, attempt }
}

type FirstProps = {
  email: string
  onEmail?: (email: string) => void
  leave: ReactNode
  onDue: (due: SecondFactorDue) => void
}

function FirstStep({ email, onEmail, leave, onDue }: FirstProps) {
  const [password, setPassword] = useState('')
  const { busyWith, error, attempt } = useAttempt(() => setPassword(''))
  async function byPassword() {
    const due = await signIn(email, password)
    if (due !== null) onDue(due)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        attempt('password', byPassword)
      }}
    >
      <Stack>
        {error !== null && <FailureAlert error={error} />}
        <TextInput
          label={signInTexts.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          readOnly={onEmail === undefined}
          onChange={({ currentTarget }) => onEmail?.(currentTarget.value)}
        />
        <PasswordInput
          label={signInTexts.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          {...(onEmail === undefined && { 'data-autofocus': true })}
        />
        <Button
          type="submit"
          loading={busyWith === 'password'}
          disabled={busyWith === 'passkey'}
          fullWidth
        >
          {signInTexts.submit}
        </Button>
        <Divider label={secondFactorTexts.or} />
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          loading={busyWith === 'passkey'}
          disabled={busyWith === 'password'}
          onClick={() => attempt('passkey', signInByPasskey)}
          fullWidth
        >
          {secondFactorTexts.usePasskey}
        </Button>
        {leave}
      </Stack>
    </form>
  )
}
