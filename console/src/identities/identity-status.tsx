import { StateBadge, type Tone } from '../components/state-badge.tsx'
import { identityTexts } from '../texts/identities.ts'
import type { Identity } from './types.ts'

const tones: Record<Identity['status'], Tone> = {
  active: 'good',
  disabled: 'waiting',
  removed: 'stopped',
}

export function IdentityStatus({ status }: { status: Identity['status'] }) {
  return <StateBadge tone={tones[status]}>{identityTexts.statuses[status]}</StateBadge>
}
