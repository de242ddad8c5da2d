import { invalidField } from '../../http/errors.ts'
import type { Settings } from './resource.ts'

/** What must not be more than what. */
const ordered = [
  ['default_token_lifetime_days', 'max_token_lifetime_days'],
  ['session_idle_minutes', 'session_lifetime_minutes'],
] as const

/** Throws 400 for settings that contradict each other, and names one that was asked for. */
export function requireSound(settings: Settings, asked: Partial<Settings>): void {
  for (const [less, more] of ordered) {
    const [value, bound] = [settings[less], settings[more]]
    if (bound === null || value <= bound) continue
    if (asked[less] !== undefined) {
      throw invalidField(less, `must not be more than ${more}, which is ${bound}`)
    }
    throw invalidField(more, `must not be less than ${less}, which is ${value}`)
  }
}
