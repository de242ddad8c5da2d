import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
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
  isOffered: boolean
}

/** The question stays open, and the same, where the event goes on meanwhile: the answer then says so. */
export function CancelEvent({ event, allowed, isUnderWay, isOffered }: Props) {
  const { id, number } = event
  const [isOpen, { open, close }] = useDisclosure()
  const [isToEnd, setToEnd] = useState(isUnderWay)
  const cancel = api.useMutation('post', '/api/v1/personnel-events/{id}/cancel', {
    onSuccess({ status, failure }) {
      close()
      if (status === 'failed') {
        notifications.show({ color: 'red', title: words.notEnded(number), message: failure })
      } else {
        notifications.show({ message: isToEnd ? words.ended(number) : words.canceled(number) })
      }
      keepFocus()
    },
  })
  function start() {
    cancel.reset()
    setToEnd(isUnderWay)
    open()
  }
  const actionOf = (isEnd: boolean) => (isEnd ? words.end : words.cancel)
  const titleOf = isToEnd ? words.endTitle : words.cancelTitle
  return (
    <>
      {isOffered && (
        <AllowedButton variant="default" allowed={allowed} onClick={start}>
          {actionOf(isUnderWay)}
        </AllowedButton>
      )}
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={titleOf(eventTexts.types[event.type], nameIn(event))}
        action={actionOf(isToEnd)}
        onConfirm={() => cancel.mutate({ params: { path: { id } } })}
        keep={words.goOn}
        isBusy={cancel.isPending}
        error={cancel.error}
      >
        <Text>{isToEnd ? words.endAbout : words.cancelAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
