import { StateBadge, type Tone } from '../components/state-badge.tsx'
import { eventTexts } from '../texts/personnel-events.ts'
import type { PersonnelEvent } from './types.ts'

type Status = PersonnelEvent['status']

const tones: Record<Status, Tone> = {
  pending: 'asking',
  scheduled: 'waiting',
  open: 'waiting',
  snoozed: 'waiting',
  completed: 'good',
  canceled: 'stopped',
  failed: 'bad',
}

export function EventStatus({ status }: { status: Status }) {
  return <StateBadge tone={tones[status]}>{eventTexts.statuses[status]}</StateBadge>
}
