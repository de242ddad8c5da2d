import type { Queue } from 'pg-boss'

/** What each queue's jobs carry: ids, and what is to be done is in the rows that they name. */
export type Payloads = {
  run_import: { import_id: string }
  begin_scheduled_import: { application_id: string }
  find_left_imports: Record<string, never>
  carry_out_personnel_event: { event_id: string }
  find_due_personnel_events: Record<string, never>
  send_mail: { mail_id: string }
  deliver_webhook: { delivery_id: string }
  find_due_webhook_deliveries: Record<string, never>
  prune_webhook_deliveries: Record<string, never>
  tell_of_expiring_tokens: Record<string, never>
  /** There is no row yet: whether anybody has the address is not known. */
  begin_password_reset: { email: string; ip: string | null; correlation_id: string }
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
  /** By address. Forgotten soon: it holds what strangers have typed. */
  begin_password_reset: {
    ...often,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 60,
    retentionSeconds: 3600,
    deleteAfterSeconds: 600,
    notify: true,
  },
  tell_of_expiring_tokens: { policy: 'stately', expireInSeconds: 840 },
  /** By delivery. When one is tried again is in its row: this is for a worker that is gone. */
  deliver_webhook: {
    ...often,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 60,
    deleteAfterSeconds: 3600,
    notify: true,
  },
  find_due_webhook_deliveries: { policy: 'stately', expireInSeconds: 300, notify: true },
  prune_webhook_deliveries: { policy: 'stately', expireInSeconds: 600 },
  /** By mail. Five hours, all in all: a mail server may be away for as long. */
  send_mail: {
    retryLimit: 11,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 3600,
    policy: 'singleton',
    heartbeatSeconds,
    expireInSeconds: 240,
    notify: true,
  },
}

/** What is begun again and again, by the clock in UTC, on one process at a time. */
export const schedules = {
  find_due_personnel_events: '* * * * *',
  find_left_imports: '* * * * *',
  tell_of_expiring_tokens: '*/15 * * * *',
  find_due_webhook_deliveries: '* * * * *',
  prune_webhook_deliveries: '20 * * * *',
} as const satisfies Partial<Record<QueueName, string>>
