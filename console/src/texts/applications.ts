import { isolated } from './isolated.ts'

const listed = new Intl.ListFormat('en')

/** What a cron expression means. */
export const cronTexts = {
  list: (names: readonly string[]) => listed.format(names),
  everyMinutes: (count: number) => (count === 1 ? 'every minute' : `every ${count} minutes`),
  everyHour: (minute: number) =>
    minute === 0 ? 'every hour, on the hour' : `every hour, ${minute} minutes past`,
  everyHours: (count: number, minute: number) =>
    `every ${count} hours, ${minute === 0 ? 'on the hour' : `${minute} minutes past`}`,
  at: (times: string) => `at ${times}`,
  onDate: (date: number) => `on day ${date} of every month`,
  fromTo: (first: string, last: string) => `${first} to ${last}`,
  every: (names: string) => `every ${names}`,
  whole(day: string, { text, isOften }: { text: string; isOften: boolean }): string {
    const said = day === '' ? (isOften ? text : `every day ${text}`) : `${day}, ${text}`
    return `${said.charAt(0).toUpperCase()}${said.slice(1)} (UTC)`
  },
}

/** Systems whose accounts are imported: the list. */
export const applicationTexts = {
  list: 'Applications',
  about:
    'The systems your people have accounts in. Imports tell who has which account there, and with what privileges.',
  search: 'Search by name',
  name: 'Name',
  tenant: 'Tenant',
  priority: 'Priority',
  anyPriority: 'Any priority',
  priorities: {
    none: 'None',
    low: 'Low',
    moderate: 'Moderate',
    high: 'High',
    critical: 'Critical',
  } satisfies Record<string, string>,
  schedule: 'Import schedule',
  noSchedule: 'None: files are uploaded',
  updated: 'Last changed',
  state: 'Show',
  current: 'Current',
  archived: 'Archived',
  all: 'All',
  create: 'New application',
  empty: 'No applications yet',
  emptyAbout:
    'Add a system, say which files its accounts come in, and import them: by hand, on a schedule or with a token.',
  nothingMatches: 'No application matches the search and the filters.',
  clear: 'Clear filters',
}

/** The fields of one, new or not. */
export const applicationFormTexts = {
  title: 'New application',
  about: 'A system whose accounts and privileges are imported into one tenant.',
  tenantAbout: 'Where its accounts are matched with people. It can’t be changed later.',
  chooseTenant: 'Choose the tenant first',
  nameAbout: 'As people call the system: “Silverlake”.',
  priorityAbout: 'How much depends on it.',
  groups: 'Files of an import',
  groupsAbout:
    'An import is made of one CSV for each of these, with the columns account, email and privilege.',
  groupName: 'Name of the file',
  groupHint: 'Accounts',
  required: 'Required',
  addGroup: 'Add file',
  removeGroup: (name: string) => (name === '' ? 'Remove this file' : `Remove ${name}`),
  schedule: 'Import schedule',
  scheduleAbout: 'The accounts are fetched from an address, again and again.',
  scheduled: 'Import on a schedule',
  cron: 'When',
  cronAbout: 'Five fields, in UTC: minute, hour, day of the month, month, day of the week.',
  cronUnknown: 'No usual schedule: read it by its five fields.',
  usual: 'Usual schedules',
  usuals: [
    ['0 2 * * *', 'Every night'],
    ['0 6 * * 1-5', 'Workdays'],
    ['0 * * * *', 'Every hour'],
    ['0 4 * * 0', 'Every week'],
  ] as const,
  source: 'Address of the CSV',
  sourceAbout: 'Fetched by the server, over https.',
  threshold: 'Ask before large changes',
  thresholdAbout:
    'An import that would change more of the accounts than this waits until somebody has confirmed it.',
  thresholdOn: 'Wait for a person',
  percent: 'When more than this changes',
  create: 'Create application',
  created: (name: string) => `${isolated(name)} was created.`,
  save: 'Save changes',
  saved: 'The changes are saved.',
  unchanged: 'Nothing is changed yet',
}

export const applicationDetailTexts = {
  overview: 'Overview',
  accounts: 'Accounts',
  imports: 'Imports',
  settings: 'Settings',
  upload: 'Upload files',
  stage: 'Fetch now',
  staged: (number: number) => `Import ${number} has begun.`,
  noGroups: 'Its settings name no file that an import is made of',
  isArchived: 'It is archived',
  archivedAbout: 'Archived: nothing is imported any more. What the last import brought is kept.',
  archive: 'Archive',
  archiveTitle: (name: string) => `Archive ${isolated(name)}?`,
  archiveAbout:
    'Its schedule stops, and nothing more is imported. Its accounts and imports stay, and it can be brought back at any time.',
  archiveAction: 'Archive application',
  wasArchived: (name: string) => `${isolated(name)} is archived.`,
  restore: 'Bring back',
  wasRestored: (name: string) => `${isolated(name)} is back.`,
  id: 'Id',
  lastImport: 'Last import',
  neverImported: 'Nothing has been imported yet',
  threshold: 'Large changes',
  thresholdNone: 'Are imported at once',
  thresholdOf: (percent: number) => `Wait for a person above ${percent} %`,
  groups: 'Files of an import',
  noGroup: 'None',
  optional: 'optional',
  source: 'Fetched from',
}

export const applicationAccountTexts = {
  about:
    'What the last finished import brought. An account belongs to the person with its e-mail address.',
  list: 'Accounts',
  search: 'Search by account or e-mail address',
  account: 'Account',
  email: 'E-mail address',
  noEmail: 'None',
  identity: 'Person',
  unmatched: 'Nobody matches',
  unseen: 'Somebody whom you may not see',
  privileges: 'Privileges',
  noPrivileges: 'None',
  showing: 'Show',
  all: 'All',
  matchedOnly: 'With a person',
  unmatchedOnly: 'Without a person',
  empty: 'No accounts yet',
  emptyAbout: 'They appear when an import has finished.',
}
