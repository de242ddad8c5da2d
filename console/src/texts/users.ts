import { isolated } from './isolated.ts'

/** People: the list, an invitation, and one person. */
export const userTexts = {
  about: 'Who may sign in. What each may do is a matter of grants and tenant scope.',
  list: 'Users',
  search: 'Search by name or e-mail address',
  anyStatus: 'Any status',
  status: 'Status',
  statuses: {
    active: 'Active',
    invited: 'Invited',
    deactivated: 'Deactivated',
  } satisfies Record<string, string>,
  inTenant: 'In tenant',
  withRole: 'With role',
  noFilter: 'Any',
  clear: 'Clear filters',
  name: 'Name',
  email: 'E-mail address',
  tenants: 'Tenant scope',
  lastSignIn: 'Last sign-in',
  created: 'Created',
  none: 'No tenant',
  invite: 'Invite a user',
  empty: 'Nobody here yet',
  emptyAbout:
    'People sign in, programs use tokens. Invite the first person, then give them tenants and grants.',
  nothingMatches: 'Nobody matches the search and the filters.',
}

export const inviteTexts = {
  title: 'Invite a user',
  about: 'They get a link that works once, and choose their own password.',
  tenantsAbout: 'Where what you grant them later will count. Grants are given on their page.',
  how: 'How they get in',
  byLink: 'By an invitation link',
  byLinkAbout: 'You get a link to pass on. It works once.',
  byPassword: 'With a password that you set',
  byPasswordAbout: 'They should change it when they have signed in.',
  password: 'Password',
  submitLink: 'Invite',
  submitPassword: 'Create user',
  dialog: 'The invitation',
  once: 'Send this link to them now. It works once, and you will not see it again.',
  forWhom: (name: string, email: string) =>
    `For ${isolated(name)}, ${isolated(email)}. Whoever opens the link sets the password.`,
  link: 'Invitation link',
  done: 'I have passed it on',
  copy: 'Copy link',
  notCopied: 'You haven’t copied the link',
  notCopiedAbout:
    'Without it they can’t get in. Once this is closed nobody can show it to you again.',
  back: 'Go back and copy it',
  closeAnyway: 'Close without copying',
  shownBefore:
    'The link has been shown before, and is not shown again. If it is lost, make a new one on their page.',
  toUser: 'Go to the user',
  again: 'New invitation link',
  againTitle: (name: string) => `Make a new link for ${isolated(name)}?`,
  againAbout: 'Links from before stop working. You pass the new one on; it works once.',
  againAction: 'Make new link',
}

export const userDetailTexts = {
  access: 'Access',
  effective: 'Effective permissions',
  tokens: 'Tokens',
  id: 'Id',
  tokenLimit: 'Token limit',
  liveTokens: (limit: number) => (limit === 1 ? '1 live token' : `${limit} live tokens`),
  rename: 'Rename',
  renameTitle: 'Rename user',
  renameAbout: 'The e-mail address stays: it is what they sign in with.',
  activate: 'Activate',
  activated: (name: string) => `${isolated(name)} may sign in again.`,
  deactivate: 'Deactivate',
  deactivateTitle: (name: string) => `Deactivate ${isolated(name)}?`,
  deactivateAbout:
    'They are signed out everywhere, and their tokens stop working at once. Activated again, what was not deleted works as before.',
  deactivated: (name: string) => `${isolated(name)} is deactivated.`,
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${isolated(name)}?`,
  removeAbout:
    'Every session, grant and token of theirs ends for good. This can’t be undone. To stop them for a while, deactivate them.',
  removeAction: 'Delete user',
  removed: (name: string) => `${isolated(name)} was deleted.`,
  notActive:
    'Deactivated: they can’t sign in, and none of their tokens works. What they hold is kept for when they are activated.',
  invited: 'Invited: they have not signed in yet.',
  serviceAccount: 'This is a service account.',
  toServiceAccount: 'Open it among the service accounts',
}

export const effectiveTexts = {
  about:
    'What they may do at this moment, place by place: what their roles give, within their tenant scope.',
  nothing: 'Nothing, anywhere.',
  nothingAbout:
    'They hold no grant that counts in a tenant of their scope, or they are not active.',
  lookInto: 'Look into one tenant',
  nothingThere: 'They hold nothing in this tenant.',
  count: (count: number) => (count === 1 ? '1 permission' : `${count} permissions`),
}
