import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { calendarTexts as words } from '../../texts/notices.ts'
import { useNewCalendar } from './use-new-calendar.ts'

type Props = { onCreated: (calendar_url: string) => void }

/** Asked first: the address before it ends. */
export function ReplaceCalendar({ onCreated }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const replace = useNewCalendar(onCreated)
  function start() {
    replace.reset()
    open()
  }
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={start}>
        {words.replace}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.replaceTitle}
        action={words.replaceAction}
        onConfirm={() => replace.mutate(undefined, { onSuccess: close })}
        isBusy={replace.isPending}
        error={replace.error}
      >
        <Text size="sm">{words.replaceAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
