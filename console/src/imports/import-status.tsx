import { StateBadge, type Tone } from '../components/state-badge.tsx'
import { importTexts } from '../texts/imports.ts'
import type { Import } from './types.ts'

type Status = Import['status']

const tones: Record<Status, Tone> = {
  pending: 'waiting',
  running: 'waiting',
  paused: 'asking',
  canceling: 'stopped',
  canceled: 'stopped',
  finished: 'good',
  failed: 'bad',
}

export function ImportStatus({ status }: { status: Status }) {
  return <StateBadge tone={tones[status]}>{importTexts.statuses[status]}</StateBadge>
}

const underWay: readonly Status[] = ['pending', 'running', 'canceling']

/** Will it become something else by itself? */
export const isUnderWay = (status: Status): boolean => underWay.includes(status)
