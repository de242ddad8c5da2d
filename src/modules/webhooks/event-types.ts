/** What webhooks are told of: these actions of the audit log, by what they are about. */
const told = {
  token: ['created', 'revoked', 'blocked', 'unblocked'],
  grant: ['created', 'deleted'],
  user: [
    'created',
    'invited',
    'invitation_renewed',
    'joined',
    'updated',
    'tenant_assigned',
    'tenant_unassigned',
    'deactivated',
    'activated',
    'deleted',
    'password_changed',
    'password_reset_requested',
    'password_reset',
    'second_factors_reset',
    'sessions_ended',
    'credentials_ended',
    'notices_changed',
    'calendar_feed_created',
    'calendar_feed_deleted',
  ],
  service_account: ['created', 'updated', 'orphaned'],
  application_import: [
    'created',
    'started',
    'paused',
    'confirmed',
    'cancel_requested',
    'canceled',
    'finished',
    'failed',
  ],
  personnel_event: [
    'created',
    'approved',
    'carried_out',
    'restored',
    'completed',
    'canceled',
    'failed',
  ],
} as const

export const families = Object.keys(told)

/** One action, or all of a family: also those that a later version adds. */
export const eventTypes = Object.entries(told).flatMap(([family, verbs]) => [
  `${family}.*`,
  ...verbs.map((verb) => `${family}.${verb}`),
])
