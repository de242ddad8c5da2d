import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { failureOf } from '../../api/errors.ts'
import { calendarTexts as words } from '../../texts/notices.ts'
import { useNewCalendar } from './use-new-calendar.ts'

type Props = { onCreated: (calendar_url: string) => void }

export function CreateCalendar({ onCreated }: Props) {
  const { mutate, isPending } = useNewCalendar(onCreated)
  return (
    <Button
      loading={isPending}
      onClick={() =>
        mutate(undefined, {
          onError: (error) =>
            notifications.show({
              color: 'red',
              autoClose: false,
              message: failureOf(error).message,
            }),
        })
      }
    >
      {words.create}
    </Button>
  )
}
