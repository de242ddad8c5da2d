import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { canUsePasskeys } from '../api/passkeys.ts'
import { readState, renew, subscribe } from '../api/session.ts'
import { type SecondFactorDue, signIn, signInWithPasskey } from '../api/sign-in.ts'
import { FailureAlert } from '../components/failure.tsx'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { SecondStep } from '../sign-in/second-step.tsx'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { signInTexts } from '../texts/sign-in.ts'

export function Component() {
  const state = useSyncExternalStore(subscribe, readState)
  const [params] = useSearchParams()
  useEffect(() => {
    if (state === 'unknown') renew().catch(() => undefined)
  }, [state])
  if (state === 'signed-in') return <Navigate to={pathWithin(params.get('from'))} replace />
  return (
    <NarrowLayout title={signInTexts.title}>
      <SignIn />
      <Text size="sm" c="dimmed">
        {signInTexts.about}{' '}
        <Anchor href="/docs" underline="always">
          {signInTexts.docs}
        </Anchor>
      </Text>
    </NarrowLayout>
  )
}

function SignIn() {
  const [due, setDue] = useState<SecondFactorDue | null>(null)
  if (due) return <SecondStep due={due} onRestart={() => setDue(null)} />
  return <SignInForm onDue={setDue} />
}

function SignInForm({ onDue }: { onDue: (due: SecondFactorDue | null) => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { error, isBusy, attempt } = useAttempt()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        attempt(async () => onDue(await signIn(email, password)))
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
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          label={signInTexts.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          {signInTexts.submit}
        </Button>
        {canUsePasskeys() && (
          <Button
            variant="default"
            onClick={() => attempt(signInWithPasskey)}
            disabled={isBusy}
            fullWidth
          >
            {signInTexts.usePasskey}
          </Button>
        )}
      </Stack>
    </form>
  )
}

/** Where they were going: a path of this console, and never another site. */
function pathWithin(from: string | null): string {
  return from !== null && /^\/(?![/\\])/.test(from) ? from : '/'
}
