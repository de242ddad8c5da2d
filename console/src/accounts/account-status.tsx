import { StateBadge, type Tone } from '../components/state-badge.tsx'
import type { components } from '../generated/api.d.ts'
import { userTexts } from '../texts/users.ts'

type Status = components['schemas']['User']['status']

const tones: Record<Status, Tone> = { active: 'good', invited: 'waiting', deactivated: 'stopped' }

export function AccountStatus({ status }: { status: Status }) {
  return <StateBadge tone={tones[status]}>{userTexts.statuses[status]}</StateBadge>
}
