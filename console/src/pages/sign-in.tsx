import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { readState, renew, signIn, subscribe } from '../api/session.ts'
import { FailureAlert } from '../components/failure.tsx'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
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
      <SignInForm />
      <Anchor component={Link} to="/forgot-password" size="sm">
        {signInTexts.forgotten}
      </Anchor>
      <Text size="sm" c="dimmed">
        {signInTexts.about}{' '}
        <Anchor href="/docs" underline="always">
          {signInTexts.docs}
        </Anchor>
      </Text>
    </NarrowLayout>
  )
}

function SignInForm() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    setError(null)
    await signIn(email, password).catch((failure) => {
      setError(failure)
      setBusy(false)
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
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
      </Stack>
    </form>
  )
}

/** Where they were going: a path of this console, and never another site. */
function pathWithin(from: string | null): string {
  return from !== null && /^\/(?![/\\])/.test(from) ? from : '/'
}
