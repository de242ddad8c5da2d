import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import type { Import } from '../../imports/types.ts'
import { importActionTexts as words } from '../../texts/imports.ts'

type Props = { shown: Import; allowed: Allowed; isOffered: boolean }

/** The question stays open where the import ends meanwhile: the answer then says so. */
export function CancelImport({ shown, allowed, isOffered }: Props) {
  const { id, number, application } = shown
  const [isOpen, { open, close }] = useDisclosure()
  const cancel = api.useMutation('post', '/api/v1/application-imports/{id}/cancel', {
    onSuccess() {
      close()
      notifications.show({ message: words.wasCanceled(number) })
      keepFocus()
    },
  })
  function start() {
    cancel.reset()
    open()
  }
  return (
    <>
      {isOffered && (
        <AllowedButton variant="default" allowed={allowed} onClick={start}>
          {words.cancel}
        </AllowedButton>
      )}
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.cancelTitle(number)}
        action={words.cancel}
        onConfirm={() => cancel.mutate({ params: { path: { id } } })}
        keep={words.goOn}
        isBusy={cancel.isPending}
        error={cancel.error}
      >
        <Text>{words.cancelAbout(application.name)}</Text>
      </ConfirmDialog>
    </>
  )
}
