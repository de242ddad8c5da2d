import type { components } from '../../generated/api.d.ts'

export type AuditEvent = components['schemas']['AuditEvent']

/** What an event was about, as people call it: the name that it had or was given, else its id. */
export function targetOf({ before, after, target_id }: AuditEvent): string {
  const name = after?.['name'] ?? before?.['name']
  return typeof name === 'string' && name !== '' ? name : target_id
}
