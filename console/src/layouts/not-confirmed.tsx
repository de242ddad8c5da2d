import { Box } from '@mantine/core'
import { SsoFailureAlert } from '../sso/failure-alert.tsx'
import { useReturnedFailure } from '../sso/returned-failure.ts'
import { ssoTexts } from '../texts/sso.ts'

/** On whichever page it was that somebody left for a provider, to link an identity or to show that it is them. */
export function NotConfirmed() {
  const [failure, close] = useReturnedFailure()
  if (failure === null) return null
  return (
    <Box mb="lg">
      <SsoFailureAlert failure={failure} sentences={ssoTexts.notConfirmed} onClose={close} />
    </Box>
  )
}
