import type { Queue } from 'pg-boss'

/** What each queue's jobs carry: ids only; what is to be done is in the rows that they name. */
export type Payloads = {
  run_import: { import_id: string }
  begin_scheduled_import: { application_id: string }
  find_left_imports: Record<string, never>
  carry_out_personnel_event: { event_id: string }
  find_due_personnel_events: Record<string, never>
}

export type QueueName = keyof Payloads

/** A worker that is gone is missed after so long, and another one begins its job anew. pg-boss takes no less. */
const heartbeatSeconds = 10

const often = { retryLimit: 20, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 }

/**
 * Jobs may run more than once, and one after the other never twice at once for the same key; that what they do is
 * done once is for their handlers to see to, by the state of their rows.
 */
export const queues: Record<QueueName, Omit<Queue, 'name'>> = {
  /** By application: its imports never overlap. */
  run_import: {
    ...often,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 6 * 3600,
    notify: true,
  },
  find_left_imports: { policy: 'stately', expireInSeconds: 300 },
  begin_scheduled_import: {
    ...often,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 3600,
    notify: true,
  },
  /** By event. */
  carry_out_personnel_event: {
    ...often,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 600,
    notify: true,
  },
  find_due_personnel_events: { policy: 'stately', expireInSeconds: 300 },
}

/** What is begun again and again, by the clock in UTC, on one process at a time. */
export const schedules = {
  find_due_personnel_events: '* * * * *',
  find_left_imports: '* * * * *',
} as const satisfies Partial<Record<QueueName, string>>
