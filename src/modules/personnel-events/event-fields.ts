/** As they are stored and on the wire. */
export const eventTypes = ['onboard', 'offboard', 'role_transition', 'leave_of_absence'] as const
export type EventType = (typeof eventTypes)[number]

export const eventStatuses = [
  'pending',
  'scheduled',
  'open',
  'snoozed',
  'completed',
  'canceled',
  'failed',
] as const
export type EventStatus = (typeof eventStatuses)[number]

/** Those of an event that still has something to do. */
export const unfinished: EventStatus[] = ['pending', 'scheduled', 'open', 'snoozed']

export const stageNames = [
  'approve',
  'provision',
  'deprovision',
  'transition',
  'suspend',
  'restore',
  'verify',
] as const
export type StageName = (typeof stageNames)[number]

/** The stage in which an event of this type has its effect. */
export const effectStages = {
  onboard: 'provision',
  offboard: 'deprovision',
  role_transition: 'transition',
  leave_of_absence: 'suspend',
} as const satisfies Record<EventType, StageName>

/** The stages of an event, in order. A leave ends some day, even if nobody knows yet when. */
export function stagesOf(type: EventType, hasEnd: boolean): StageName[] {
  const ends = hasEnd || type === 'leave_of_absence'
  return ['approve', effectStages[type], ...(ends ? (['restore'] as const) : []), 'verify']
}
