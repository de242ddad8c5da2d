import { notifications } from '@mantine/notifications'
import type { NavigateFunction } from 'react-router'
import type { PersonnelEvent } from '../../personnel-events/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'

/** To what has just been reported. */
export function reported({ id, number }: PersonnelEvent, navigate: NavigateFunction): void {
  notifications.show({ message: words.created(number) })
  navigate(`/personnel-events/${id}`)
}
