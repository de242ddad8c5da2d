import { Anchor, Text } from '@mantine/core'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { NarrowLayout } from '../layouts/narrow-layout.tsx'
import { SsoFailureAlert } from '../sso/failure-alert.tsx'
import { tellReturned } from '../sso/returned-channel.ts'
import { useReturnedFailure } from '../sso/returned-failure.ts'
import { ssoTexts, providerWindowTexts as texts } from '../texts/sso.ts'

/** In the window that was at a provider: tells the page that waits, and closes when that has heard it. Where none waits any more it is said here. */
export function Component() {
  const [failure] = useReturnedFailure()
  useEffect(() => tellReturned(failure, () => close()), [failure])
  return (
    <NarrowLayout title={texts.returned}>
      {failure && <SsoFailureAlert failure={failure} sentences={ssoTexts.notConfirmed} />}
      <Text size="sm">{texts.returnedAbout}</Text>
      <Anchor component={Link} to="/" replace size="sm">
        {texts.toConsole}
      </Anchor>
    </NarrowLayout>
  )
}
