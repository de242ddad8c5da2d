import type { components } from '../generated/api.d.ts'
import { nameOf } from '../identities/types.ts'
import { eventDetailTexts } from '../texts/personnel-events.ts'

export type PersonnelEvent = components['schemas']['PersonnelEvent']
export type EventType = PersonnelEvent['type']

/** Who it is about: on the books, or about to be. */
export function nameIn({ affected_identity, identity }: PersonnelEvent): string {
  const who = affected_identity ?? identity
  return who ? nameOf(who) : eventDetailTexts.somebody
}
