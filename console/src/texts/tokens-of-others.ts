import { isolated } from './isolated.ts'

/** Tokens as those see them who don't own them. */
export const othersTokens = {
  token: 'Token',
  status: 'Status',
  permissions: 'Permissions',
  tenants: 'Tenants',
  lastUsed: 'Last used',
  expires: 'Expires',
  actions: 'Actions',
  list: 'Tokens',
  search: 'Search by name',
  showEnded: 'Show ended tokens',
  statuses: {
    active: 'Active',
    expired: 'Expired',
    revoked: 'Deleted',
  } satisfies Record<string, string>,
  neverExpires: 'Never expires',
  neverUsed: 'Never used',
  from: (ip: string) => `from ${ip}`,
  endsWith: (hint: string) => `ends with ${hint}`,
  by: 'by',
  count: (count: number) => (count === 1 ? '1 permission' : `${count} permissions`),
  noTenant: 'No tenant',
  empty: 'No live tokens',
  emptyAbout: 'They make their own tokens; nobody can make one for them.',
  remove: 'Delete',
  removeNamed: (name: string) => `Delete the token ${name}`,
  removeTitle: (name: string) => `Delete the token ${isolated(name)}?`,
  removeAbout:
    'Whatever uses it is refused from the next call on, in every tenant. This can’t be undone. To stop it in one tenant only, block it there.',
  usedLast: 'Last used',
  reason: 'Reason',
  reasonAbout: 'Kept with the token and in the audit log, where its owner can read it.',
  removeAction: 'Delete token',
  removed: (name: string) => `The token ${isolated(name)} was deleted.`,
}
