import { Alert, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import type { Import } from '../../imports/types.ts'
import { importActionTexts as words } from '../../texts/imports.ts'
import { BeforeAfter } from './before-after.tsx'

type Props = { shown: Import; allowed: Allowed }

/** A large change waits for somebody who has read what goes and what comes. */
export function ConfirmImport({ shown, allowed }: Props) {
  const { id, number, application, metrics } = shown
  const [isOpen, { open, close }] = useDisclosure()
  const confirm = api.useMutation('post', '/api/v1/application-imports/{id}/confirm', {
    onSuccess() {
      close()
      notifications.show({ message: words.confirmed(number) })
      keepFocus()
    },
  })
  function start() {
    confirm.reset()
    open()
  }
  const isLess = metrics && metrics.removed_accounts + metrics.removed_privileges > 0
  return (
    <>
      <AllowedButton allowed={allowed} onClick={start}>
        {words.confirm}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.confirmTitle(number)}
        action={words.confirm}
        onConfirm={() => confirm.mutate({ params: { path: { id } } })}
        isBusy={confirm.isPending}
        error={confirm.error}
        {...(!isLess && { color: 'gate' })}
      >
        <Text>{words.confirmAbout(application.name)}</Text>
        {metrics && (
          <>
            <BeforeAfter metrics={metrics} />
            <Alert
              variant="light"
              color={isLess ? 'red' : 'gray'}
              icon={<IconAlertTriangle aria-hidden />}
            >
              {isLess
                ? words.removes(metrics.removed_accounts, metrics.removed_privileges)
                : words.removesNothing}
            </Alert>
          </>
        )}
      </ConfirmDialog>
    </>
  )
}
