import { Anchor, Text } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { readState, renew, subscribe } from '../api/session.ts'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
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

/** Where they were going: a path of this console, and never another site. */
function pathWithin(from: string | null): string {
  return from !== null && /^\/(?![/\\])/.test(from) ? from : '/'
}
