import { Anchor, Text } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { readState, renew, subscribe } from '../api/session.ts'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import { SsoFailureAlert } from '../sso/failure-alert.tsx'
import { ProviderLinks } from '../sso/provider-links.tsx'
import { returnToOf } from '../sso/return-to.ts'
import { useReturnedFailure } from '../sso/returned-failure.ts'
import { signInTexts } from '../texts/sign-in.ts'
import { ssoTexts } from '../texts/sso.ts'

export function Component() {
  const state = useSyncExternalStore(subscribe, readState)
  const [params] = useSearchParams()
  const [failure] = useReturnedFailure()
  useEffect(() => {
    if (state === 'unknown') renew().catch(() => undefined)
  }, [state])
  if (state === 'signed-in') return <Navigate to={pathWithin(params.get('from'))} replace />
  const from = new URL(pathWithin(params.get('from')), location.origin)
  return (
    <NarrowLayout title={signInTexts.title}>
      {failure && <SsoFailureAlert failure={failure} sentences={ssoTexts.notSignedIn} />}
      <SignInForm />
      <ProviderLinks return_to={returnToOf(from)} />
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
