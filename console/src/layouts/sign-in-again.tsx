import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { signIn, signOut } from '../api/session.ts'
import { FailureAlert } from '../components/failure.tsx'
import { signInTexts } from '../texts/sign-in.ts'

/** Over the page on which the session ended, for the same person; what waited goes on afterwards. */
export function SignInAgain({ email }: { email: string }) {
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    try {
      await signIn(email, password)
    } catch (failure) {
      setError(failure)
      setPassword('')
      setBusy(false)
    }
  }
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
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack>
          <Text size="sm">{signInTexts.againAbout}</Text>
          {error !== null && <FailureAlert error={error} />}
          <TextInput label={signInTexts.email} value={email} readOnly autoComplete="username" />
          <PasswordInput
            label={signInTexts.password}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="subtle" color="gray" onClick={() => signOut().catch(setError)}>
              {signInTexts.leave}
            </Button>
            <Button type="submit" loading={isBusy}>
              {signInTexts.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
