import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { nameIn, type PersonnelEvent } from '../../personnel-events/types.ts'
import { eventTexts, eventActionTexts as words } from '../../texts/personnel-events.ts'

type Props = {
  event: PersonnelEvent
  allowed: Allowed
  /** Its effect is in force, and turned back by this. */
  isUnderWay: boolean
}

export function CancelEvent({ event, allowed, isUnderWay }: Props) {
  const { id, number } = event
  const [isOpen, { open, close }] = useDisclosure()
  const cancel = api.useMutation('post', '/api/v1/personnel-events/{id}/cancel', {
    onSuccess() {
      close()
      notifications.show({ message: isUnderWay ? words.ended(number) : words.canceled(number) })
      keepFocus()
    },
  })
  function start() {
    cancel.reset()
    open()
  }
  const action = isUnderWay ? words.end : words.cancel
  const titleOf = isUnderWay ? words.endTitle : words.cancelTitle
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={start}>
        {action}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={titleOf(eventTexts.types[event.type], nameIn(event))}
        action={action}
        onConfirm={() => cancel.mutate({ params: { path: { id } } })}
        keep={words.goOn}
        isBusy={cancel.isPending}
        error={cancel.error}
      >
        <Text>{isUnderWay ? words.endAbout : words.cancelAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
