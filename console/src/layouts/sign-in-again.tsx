import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { canUsePasskeys } from '../api/passkeys.ts'
import { signOut } from '../api/session.ts'
import { type SecondFactorDue, signIn, signInWithPasskey } from '../api/sign-in.ts'
import { FailureAlert } from '../components/failure.tsx'
import { CodeForm } from '../sign-in/code-form.tsx'
import { SecondStep } from '../sign-in/second-step.tsx'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { signInTexts } from '../texts/sign-in.ts'

/** Over the page on which the session ended, for the same person; what waited goes on afterwards. */
export function SignInAgain({ email }: { email: string }) {
  const [due, setDue] = useState<SecondFactorDue | null>(null)
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
      {due ? (
        <SecondStep due={due} onRestart={() => setDue(null)} />
      ) : (
        <FirstStep email={email} onDue={setDue} />
      )}
    </Modal>
  )
}

type Props = { email: string; onDue: (due: SecondFactorDue | null) => void }

function FirstStep({ email, onDue }: Props) {
  const { error, isBusy, attempt } = useAttempt()
  return (
    <Stack>
      <Text size="sm">{signInTexts.againAbout}</Text>
      {error !== null && <FailureAlert error={error} />}
      <TextInput label={signInTexts.email} value={email} readOnly autoComplete="username" />
      <CodeForm
        asks="password"
        action={signInTexts.submit}
        isBusy={isBusy}
        onSubmit={(password) => attempt(async () => onDue(await signIn(email, password)))}
      >
        <Button variant="subtle" color="gray" onClick={() => attempt(signOut)}>
          {signInTexts.leave}
        </Button>
      </CodeForm>
      {canUsePasskeys() && (
        <Button variant="default" onClick={() => attempt(signInWithPasskey)} disabled={isBusy}>
          {signInTexts.usePasskey}
        </Button>
      )}
    </Stack>
  )
}
