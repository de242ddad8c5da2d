import { Button, Modal, Stack, Text } from '@mantine/core'
import { renew } from '../api/session.ts'
import { startAddress } from '../api/sso.ts'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import { AtProvider } from '../sso/at-provider.tsx'
import { useOfferedProviders } from '../sso/use-offered-providers.ts'
import { signInTexts } from '../texts/sign-in.ts'
import { ssoTexts } from '../texts/sso.ts'
import { leave } from './leave.ts'

/** Over the page on which the session ended, for the same person; what waited goes on afterwards. */
export function SignInAgain({ email }: { email: string }) {
  const providers = useOfferedProviders()
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={signInTexts.again}
      centered
    >
      <Stack>
        <Text size="sm">{signInTexts.againAbout}</Text>
        <SignInForm
          whose={email}
          leave={
            <Button variant="subtle" color="gray" onClick={leave}>
              {signInTexts.leave}
            </Button>
          }
        />
        {providers.map(({ id, name }) => (
          <AtProvider
            key={id}
            name={name}
            sentences={ssoTexts.notSignedIn}
            begin={async (return_to) => startAddress(id, return_to)}
            // Where it is somebody else who has come back, the console begins anew.
            onSuccess={() => renew().catch(() => undefined)}
          />
        ))}
      </Stack>
    </Modal>
  )
}
