import { isolated } from './isolated.ts'

/** Service accounts: the list, a new one, and one of them. */
export const accountsTexts = {
  about:
    'Owners of tokens that are no person: for jobs that go on when people leave. They never sign in.',
  search: 'Search by name',
  status: 'Status',
  anyStatus: 'Any status',
  orphanedOnly: 'No accountable person',
  clear: 'Clear filters',
  name: 'Name',
  tenants: 'Tenant scope',
  people: 'Accountable',
  noOne: 'Nobody active',
  noTenant: 'No tenant',
  created: 'Created',
  create: 'New service account',
  empty: 'No service accounts yet',
  emptyAbout:
    'People sign in, programs use tokens. A token for a shared job belongs to a service account: it does not leave with you.',
  nothingMatches: 'No service account matches the search and the filters.',
}

export const newAccountTexts = {
  title: 'New service account',
  about: 'It begins without rights. Grants and tokens are given on its page.',
  name: 'Name',
  nameAbout: 'What it does, as its audit events will be read: “Nightly import”.',
  description: 'Description (optional)',
  tenants: 'Tenant scope',
  tenantsAbout: 'Where what you grant it later will count.',
  people: 'Accountable people',
  peopleAbout: 'Who answers for it. At least one, better two: so that nobody’s leaving orphans it.',
  submit: 'Create service account',
}

export const accountDetailTexts = {
  overview: 'Overview',
  effective: 'Effective permissions',
  tokens: 'Tokens',
  id: 'Id',
  description: 'Description',
  tokenLimit: 'Token limit',
  liveTokens: (limit: number) => (limit === 1 ? '1 live token' : `${limit} live tokens`),
  orphaned: 'Nobody answers for this account',
  orphanedAbout:
    'None of its accountable people is active any more, while its tokens go on working. Name somebody below, or delete it.',
  notActive:
    'Deactivated: none of its tokens works. What it holds is kept for when it is activated.',
  people: 'Accountable people',
  peopleAbout: 'Who answers for this account: the first to ask, and to be told.',
  addPerson: 'Add person',
  choosePerson: 'Choose a person to add',
  removePerson: 'Remove',
  lastPerson: 'Somebody has to answer for it: add another person first',
  personAdded: (name: string) => `${isolated(name)} answers for it now.`,
  personRemoved: 'The person no longer answers for it.',
  edit: 'Edit',
  editTitle: 'Edit service account',
  edited: 'The service account was changed.',
  activate: 'Activate',
  activated: (name: string) => `${isolated(name)} is active again, with its tokens.`,
  deactivate: 'Deactivate',
  deactivateTitle: (name: string) => `Deactivate ${isolated(name)}?`,
  deactivateAbout:
    'All its tokens stop working at once. Activated again, what was not deleted works as before.',
  deactivated: (name: string) => `${isolated(name)} is deactivated.`,
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${isolated(name)}?`,
  removeAbout:
    'Every grant and token of it ends for good. This can’t be undone. To stop it for a while, deactivate it.',
  removeAction: 'Delete service account',
  removed: (name: string) => `${isolated(name)} was deleted.`,
}

export const accountTokenTexts = {
  seen: (live: number, limit: number) => `${live} that you see, ${limit} at most`,
  create: 'New token',
  none: 'This account has no tokens',
  noneAbout:
    'Make one for the job that it does. You can give it what the account holds, as far as you hold it yourself.',
  noneToSee: 'The account has no tokens that reach where you may see them.',
  notSeen: 'You may not see the tokens of this account',
  notSeenAbout: (permissions: string) =>
    `It takes one of these permissions in a tenant of its scope: ${permissions}.`,
  full: (live: number, limit: number) =>
    `The account has ${live} live tokens of ${limit}. Delete one that is no longer used`,
  inactive: 'The account is deactivated. Activate it first',
  title: 'New token of a service account',
  about: (name: string) =>
    `A program with it acts as ${isolated(name)}, with no more than you choose here.`,
  nothing: 'There is nothing to give',
  nothingAbout:
    'A token gets what the account holds, as far as you hold it, where you may make tokens for accounts. Give the account a tenant and a grant first, or ask somebody who holds more.',
  toAccount: 'Back to the account',
}
