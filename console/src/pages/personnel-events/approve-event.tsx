import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { dayInWords, todayInUtc } from '../../components/day.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { nameIn, type PersonnelEvent } from '../../personnel-events/types.ts'
import { eventTexts, eventActionTexts as words } from '../../texts/personnel-events.ts'
import { Plan } from './plan.tsx'

type Props = { event: PersonnelEvent; allowed: Allowed }

/** Lets it have its effect, after a look at what that is and when. */
export function ApproveEvent({ event, allowed }: Props) {
  const { id, number, effective_date } = event
  const [isOpen, { open, close }] = useDisclosure()
  const approve = api.useMutation('post', '/api/v1/personnel-events/{id}/approve', {
    onSuccess() {
      close()
      notifications.show({ message: words.approved(number) })
      keepFocus()
    },
  })
  function start() {
    approve.reset()
    open()
  }
  const isToday = effective_date <= todayInUtc()
  return (
    <>
      <AllowedButton allowed={allowed} onClick={start}>
        {words.approve}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.approveTitle(eventTexts.types[event.type], nameIn(event))}
        action={words.approveAction}
        color={event.type === 'onboard' ? 'gate' : 'red'}
        onConfirm={() => approve.mutate({ params: { path: { id } } })}
        isBusy={approve.isPending}
        error={approve.error}
      >
        <Plan event={event} />
        <Text fw={600}>
          {isToday ? words.approveToday : words.approveAbout(dayInWords(effective_date))}
        </Text>
      </ConfirmDialog>
    </>
  )
}
