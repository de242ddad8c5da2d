import { Anchor, Text } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { readState, renew, subscribe } from '../api/session.ts'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import { SsoFailureAlert } from '../sso/failure-alert.tsx'
import { ProviderLinks } from '../sso/provider-links.tsx'
import { returnToOf } from '../sso/return-to.ts'
import { tellReturned } from '../sso/returned-channel.ts'
import { type ReturnedFailure, useReturnedFailure } from '../sso/returned-failure.ts'
import { signInTexts } from '../texts/sign-in.ts'
import { ssoTexts } from '../texts/sso.ts'

export function Component() {
  const state = useSyncExternalStore(subscribe, readState)
  const [params] = useSearchParams()
  const [failure] = useReturnedFailure()
  useEffect(() => {
    if (state === 'unknown') renew().catch(() => undefined)
  }, [state])
  // Whose way back nobody knows any more is led here also in a window at a provider: the page that waits is told.
  useEffect(() => (failure ? tellReturned(failure, () => close()) : undefined), [failure])
  const [wasOut, setWasOut] = useState(false)
  if (state === 'signed-out' && !wasOut) setWasOut(true)
  const path = pathWithin(params.get('from'))
  if (state === 'signed-in') {
    if (failure === null || wasOut) return <Navigate to={path} replace />
    return <StillSignedIn failure={failure} path={path} />
  }
  return (
    <NarrowLayout title={signInTexts.title}>
      {failure && <SsoFailureAlert failure={failure} sentences={ssoTexts.notSignedIn} />}
      <SignInForm />
      <ProviderLinks return_to={returnToOf(new URL(path, location.origin))} />
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

/** Whoever went away signed in, and whose way back nobody knows any more, is led here: it took too long, say. */
function StillSignedIn({ failure, path }: { failure: ReturnedFailure; path: string }) {
  return (
    <NarrowLayout title={ssoTexts.stillSignedIn}>
      <SsoFailureAlert failure={failure} sentences={ssoTexts.notConfirmed} />
      <Anchor component={Link} to={path} replace size="sm">
        {ssoTexts.goOn}
      </Anchor>
    </NarrowLayout>
  )
}

/** Where they were going: a path of this console, and never another site. */
function pathWithin(from: string | null): string {
  try {
    const { origin, pathname, search } = new URL(from ?? '/', location.origin)
    // Two slashes at its beginning are another site to whoever reads it again.
    if (origin === location.origin && !pathname.startsWith('//')) return pathname + search
  } catch {
    // Anybody can write an address.
  }
  return '/'
}
