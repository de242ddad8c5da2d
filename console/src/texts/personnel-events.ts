import { isolated } from './isolated.ts'

/** What happens to people’s work: the list. */
export const eventTexts = {
  list: 'Personnel events',
  about:
    'Who comes, changes role, goes on leave or leaves, and when. Their authority follows by itself on the day.',
  number: 'Event',
  numbered: (number: number) => `No. ${number}`,
  type: 'Type',
  anyType: 'Any type',
  types: {
    onboard: 'Onboarding',
    offboard: 'Off-boarding',
    role_transition: 'Role transition',
    leave_of_absence: 'Leave of absence',
  } satisfies Record<string, string>,
  identity: 'Person',
  anyIdentity: 'Anybody',
  reporter: 'Reported by',
  status: 'Status',
  anyStatus: 'Any status',
  statuses: {
    pending: 'Waits for approval',
    scheduled: 'Scheduled',
    open: 'Under way',
    snoozed: 'On leave, no end set',
    completed: 'Completed',
    canceled: 'Canceled',
    failed: 'Failed',
  } satisfies Record<string, string>,
  effective: 'Effective',
  reported: 'Reported',
  tenant: 'Tenant',
  create: 'New event',
  empty: 'No personnel events yet',
  emptyAbout:
    'Begin an onboarding, or an off-boarding from a person’s page. A program does the same with a token.',
  nothingMatches: 'No event matches the filters.',
  clear: 'Clear filters',
}

/** A new one. */
export const newEventTexts = {
  title: 'New personnel event',
  about: 'It waits until somebody has approved it, and takes effect on its day.',
  titles: {
    onboard: 'New onboarding',
    offboard: 'New off-boarding',
    role_transition: 'New role transition',
    leave_of_absence: 'New leave of absence',
  } satisfies Record<string, string>,
  what: 'What happens?',
  typesAbout: {
    onboard: 'Somebody comes, and is put on the books. They can be invited as a user, with roles.',
    offboard: 'Somebody leaves. Their user loses this tenant, and so do all their tokens.',
    role_transition: 'Somebody changes role, for good or for a while.',
    leave_of_absence: 'Somebody is away. Their user loses this tenant until they are back.',
  } satisfies Record<string, string>,
  who: 'Who?',
  tenant: 'Tenant',
  tenantAbout: 'On whose books they are put.',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail address',
  emailAbout: 'Accounts of imports and a user belong to a person by it.',
  work: 'Their work (optional)',
  person: 'Person',
  personAbout: 'Found by name or e-mail address.',
  supervisor: 'Supervisor',
  user: 'Their user',
  invite: 'Invite them as a user',
  inviteAbout:
    'On the day they are invited into this tenant, with these roles. Needs their e-mail address.',
  noUser: 'They have no user in this tenant: there are no roles to take.',
  swap: 'Roles',
  roles: 'Roles',
  addRoles: 'Roles to give',
  removeRoles: 'Roles to take',
  rolesAbout: 'In this tenant. You can give what you hold there yourself.',
  removeAbout: 'Those that they hold in this tenant.',
  noRoles: 'You may not read roles',
  lacks: (permission: string, more: number) =>
    more === 0
      ? `You don’t hold ${permission} there`
      : `You don’t hold ${permission} and ${more} more there`,
  heldRoles: 'They hold no role in this tenant.',
  when: 'When?',
  effective: 'Effective date',
  effectiveAbout: 'It takes effect when this day begins, in UTC.',
  end: 'Back on (optional)',
  endTransition: 'The roles change back when this day begins. Empty: for good.',
  endLeave: 'Their access is back when this day begins. Empty: until somebody says.',
  comment: 'Comment (optional)',
  commentAbout: 'For who approves it.',
  submit: {
    onboard: 'Report onboarding',
    offboard: 'Report off-boarding',
    role_transition: 'Report role transition',
    leave_of_absence: 'Report leave',
  } satisfies Record<string, string>,
  chooseTenant: 'Choose the tenant first',
  choosePerson: 'Choose the person first',
  created: (number: number) => `Event ${number} waits for approval.`,
}

/** One of them. */
export const eventDetailTexts = {
  title: (type: string, name: string) => `${type} of ${isolated(name)}`,
  somebody: 'somebody new',
  plan: 'What it does',
  stages: 'Stages',
  facts: 'About this event',
  effective: 'Effective',
  end: 'Back on',
  noEnd: 'Not set',
  tenant: 'Tenant',
  reporter: 'Reported by',
  reported: 'Reported',
  comment: 'Comment',
  number: 'Number',
  id: 'Id',
  by: 'by',
  stageNames: {
    approve: 'Approval',
    provision: 'Provision',
    deprovision: 'Deprovision',
    transition: 'Transition',
    suspend: 'Suspend',
    restore: 'Restore',
    verify: 'Verification',
  } satisfies Record<string, string>,
  stageStatuses: {
    waiting: 'Not yet',
    done: 'Done',
    failed: 'Failed',
    canceled: 'Canceled',
  } satisfies Record<string, string>,
  stageDue: (day: string) => `Due on ${day}`,
  failedTitle: 'It has failed',
  isCanceled: 'Canceled. What had not been done is not done.',
  effects: {
    onboard: (name: string, tenant: string) =>
      `${isolated(name)} is put on the books of ${isolated(tenant)}.`,
    invite: (tenant: string) =>
      `They are invited as a user into ${isolated(tenant)}, with these roles:`,
    offboard: (name: string, tenant: string) =>
      `${isolated(name)} leaves ${isolated(tenant)}. Their user loses its tenant scope and roles there, and all their tokens are refused there from that moment on. Other tenants stay as they are.`,
    transition: (name: string, tenant: string) =>
      `The roles of ${isolated(name)} in ${isolated(tenant)} change, and with them what their tokens may do there.`,
    transitionBack: 'When they are back, the roles change back.',
    adds: 'Given:',
    removes: 'Taken:',
    leave: (name: string, tenant: string) =>
      `The user of ${isolated(name)} loses ${isolated(tenant)} while they are away, and so do all their tokens.`,
    leaveBack: 'When they are back, so is their access.',
    leaveOpen: 'No end is set: their access stays suspended until it is.',
    noUser: 'They have no user here: nobody’s access changes.',
  },
}

export const eventActionTexts = {
  approve: 'Approve',
  approveTitle: (number: number) => `Approve event ${number}?`,
  approveAbout: (day: string) => `It takes effect on ${day}, by itself.`,
  approveToday: 'It takes effect at once.',
  approveAction: 'Approve event',
  approved: (number: number) => `Event ${number} is approved.`,
  goOn: 'Leave it as it is',
  cancel: 'Cancel event',
  cancelTitle: (number: number) => `Cancel event ${number}?`,
  cancelAbout: 'Nothing comes of it. To do it after all, report it anew.',
  canceled: (number: number) => `Event ${number} is canceled.`,
  end: 'End now',
  endTitle: (number: number) => `End event ${number} now?`,
  endAbout: 'What it took is given back, and what it gave is taken back, at once.',
  ended: (number: number) => `Event ${number} has ended.`,
}
