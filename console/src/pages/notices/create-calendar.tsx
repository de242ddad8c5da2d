import { Button } from '@mantine/core'
import { tellFailure } from '../../components/tell-failure.tsx'
import { calendarTexts as words } from '../../texts/notices.ts'
import { useNewCalendar } from './use-new-calendar.ts'

type Props = { onCreated: (calendar_url: string) => void }

export function CreateCalendar({ onCreated }: Props) {
  const { mutate, isPending } = useNewCalendar(onCreated)
  return (
    <Button loading={isPending} onClick={() => mutate(undefined, { onError: tellFailure })}>
      {words.create}
    </Button>
  )
}
