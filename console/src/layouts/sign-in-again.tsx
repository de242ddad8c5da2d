import { Button, Modal, Stack, Text } from '@mantine/core'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import { signInTexts } from '../texts/sign-in.ts'
import { leave } from './leave.ts'

/** Over the page on which the session ended, for the same person; what waited goes on afterwards. */
export function SignInAgain({ email }: { email: string }) {
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
      </Stack>
    </Modal>
  )
}
