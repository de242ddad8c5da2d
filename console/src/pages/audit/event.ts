import type { components } from '../../generated/api.d.ts'

export type AuditEvent = components['schemas']['AuditEvent']

const id = /^[0-9a-f-]{36}$/
/** Ids that were made together begin alike. */
const idShown = 8

/** What an event was about, as people call it: the name that it had or was given, else the end of its id. */
export function targetOf({ before, after, target_id }: AuditEvent): string {
  const name = after?.['name'] ?? before?.['name']
  if (typeof name === 'string' && name !== '') return name
  return id.test(target_id) ? `…${target_id.slice(-idShown)}` : target_id
}
