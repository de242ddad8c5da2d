import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api } from '../api/client.ts'
import { FailureAlert } from '../components/failure.tsx'
import { FormDialog } from '../components/form-dialog.tsx'
import { Time } from '../components/time.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { ConfirmApp } from './confirm-app.tsx'
import { Part } from './part.tsx'
import { RemoveApp } from './remove-app.tsx'

export function AppCodes({ since, isOff }: { since: string | null; isOff: boolean }) {
  const [isOpen, { open, close }] = useDisclosure()
  // Nothing remembers the secret.
  const enrol = api.useMutation('post', '/api/v1/me/totp', { gcTime: 0, onSuccess: open })
  return (
    <Part
      title={texts.app}
      about={texts.appAbout}
      actions={
        <>
          {!isOff && (
            <Button variant="default" onClick={() => enrol.mutate({})} loading={enrol.isPending}>
              {since ? texts.changeApp : texts.setUp}
            </Button>
          )}
          {since && <RemoveApp />}
        </>
      }
    >
      <Text size="sm">
        {since ? (
          <>
            {texts.appSince} <Time at={since} />
          </>
        ) : (
          texts.noApp
        )}
      </Text>
      {enrol.error !== null && <FailureAlert error={enrol.error} />}
      <FormDialog opened={isOpen} onClose={close} title={texts.setUpTitle}>
        {enrol.data && <ConfirmApp {...enrol.data} onClose={close} />}
      </FormDialog>
    </Part>
  )
}
