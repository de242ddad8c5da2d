import { isolated } from './isolated.ts'

/** Tenants: the list, and one of them. */
export const tenantTexts = {
  list: 'Tenants',
  about: 'Each is the workspace of one customer, and apart from every other.',
  search: 'Search by name, slug or id',
  name: 'Name',
  slug: 'Slug',
  type: 'Type',
  anyType: 'Any type',
  types: { test: 'Test', production: 'Production' } satisfies Record<string, string>,
  status: 'Status',
  anyStatus: 'Any status',
  statuses: {
    active: 'Active',
    suspended: 'Suspended',
    retired: 'Retired',
  } satisfies Record<string, string>,
  created: 'Created',
  id: 'Id',
  create: 'New tenant',
  empty: 'No tenants yet',
  emptyAbout:
    'A tenant is a customer’s workspace: what people and tokens may do is said per tenant.',
  nothingMatches: 'No tenant matches the search and the filters.',
  clear: 'Clear filters',
}

export const newTenantTexts = {
  title: 'New tenant',
  nameAbout: 'As people know it. It can be changed later.',
  slugAbout:
    'In scripts and addresses: lower-case letters, digits and single hyphens. It can’t be changed later.',
  typeAbout: 'It can’t be changed later. Some people reach every tenant of a type.',
  submit: 'Create tenant',
  created: (name: string) => `${isolated(name)} was created.`,
}

export const tenantDetailTexts = {
  members: 'Members',
  tokens: 'Tokens that reach it',
  rename: 'Rename',
  renameTitle: 'Rename tenant',
  renameAbout: 'The slug and the type stay: they are in other people’s scripts and scopes.',
  suspend: 'Suspend',
  suspendTitle: (name: string) => `Suspend ${isolated(name)}?`,
  suspendAbout:
    'Nobody and nothing works in this tenant, at once and until it is activated again. Other tenants go on as before.',
  suspendAction: 'Suspend tenant',
  suspended: (name: string) => `${isolated(name)} is suspended.`,
  activate: 'Activate',
  activated: (name: string) => `${isolated(name)} is active again.`,
  retire: 'Retire',
  retireTitle: (name: string) => `Retire ${isolated(name)}?`,
  retireAbout:
    'This is final: a retired tenant never comes back, and nothing works in it ever again. Its records stay for the audit log.',
  retireInstead: 'To stop it for a while, suspend it.',
  retireAction: 'Retire tenant',
  typeSlug: (slug: string) => `Type ${slug} to confirm`,
  retired: (name: string) => `${isolated(name)} is retired.`,
  isSuspended:
    'Suspended: nothing works in this tenant, and its members and tokens can’t be looked at, until it is activated.',
  isRetired: 'Retired for good: nothing works in this tenant any more. Its records stay.',
}

export const memberTexts = {
  list: 'Members',
  search: 'Search members',
  about:
    'Whoever has this tenant in their tenant scope, by name or by a word that stands for it. What they may do here is a matter of grants.',
  name: 'Name',
  kind: 'Kind',
  person: 'Person',
  serviceAccount: 'Service account',
  email: 'E-mail address',
  noEmail: '–',
  status: 'Status',
  through: 'Member through',
  empty: 'Nobody is in this tenant',
  emptyAbout: 'Add it to the tenant scope of a user or service account, on their page.',
}

export const reachTexts = {
  search: 'Search by token or owner',
  about:
    'Every token that may come in here, whoever owns it. A block stops one in this tenant only, until it is lifted; everywhere else it goes on working.',
  owner: 'Owner',
  here: 'In this tenant',
  works: 'Not blocked',
  ownerStopped: 'Owner deactivated',
  blocked: 'Blocked',
  empty: 'No token reaches this tenant',
  emptyAbout: 'When somebody makes a token for this tenant, it appears here.',
  block: 'Block',
  blockNamed: (name: string) => `Block the token ${name} in this tenant`,
  blockTitle: (name: string) => `Block the token ${isolated(name)} in this tenant?`,
  blockAbout: (tenant: string) =>
    `It is refused in ${isolated(tenant)} from the next call on, until the block is lifted. In every other tenant it goes on working.`,
  reason: 'Reason',
  reasonAbout: 'Shown to everybody who administers this tenant, and kept in the audit log.',
  blockAction: 'Block token',
  wasBlocked: (name: string) => `The token ${isolated(name)} is blocked here.`,
  unblock: 'Lift block',
  unblockNamed: (name: string) => `Lift block of the token ${name}`,
  unblockTitle: (name: string) => `Lift the block of ${isolated(name)}?`,
  unblockAbout: (tenant: string) =>
    `It may again do in ${isolated(tenant)} what it stores and its owner holds, from the next call on.`,
  wasUnblocked: (name: string) => `The token ${isolated(name)} works here again.`,
}
