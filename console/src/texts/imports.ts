import { isolated } from './isolated.ts'

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const units = ['bytes', 'kB', 'MB', 'GB'] as const

/** As file managers say it. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** power
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`
}

/** Imports of applications: the list. */
export const importTexts = {
  list: 'Imports',
  about: 'What was imported, when and by whom, newest first.',
  number: 'Import',
  named: (number: number) => `Import ${number}`,
  application: 'Application',
  anyApplication: 'Any application',
  status: 'Status',
  anyStatus: 'Any status',
  statuses: {
    pending: 'Waiting',
    running: 'Running',
    paused: 'Paused',
    canceling: 'Being canceled',
    canceled: 'Canceled',
    finished: 'Finished',
    failed: 'Failed',
  } satisfies Record<string, string>,
  type: 'Origin',
  types: {
    scheduled: 'Import schedule',
    manual: 'Upload in the console',
    api: 'Upload with a token',
  } satisfies Record<string, string>,
  begun: 'Begun',
  ended: 'Ended',
  by: 'Begun by',
  empty: 'Nothing has been imported yet',
  emptyAbout:
    'Open an application to upload its files. A program does the same with a token, and a schedule without either.',
  emptyHere: 'Upload its files, or give it a schedule.',
  toApplications: 'Open applications',
  nothingMatches: 'No import matches the filters.',
  clear: 'Clear filters',
}

/** One import. */
export const importDetailTexts = {
  title: (number: number, application: string) => `Import ${number} of ${isolated(application)}`,
  waiting: 'It waits for its turn: imports of one application run one after the other.',
  counting: 'The rows are being counted …',
  reading: 'How far the rows are read',
  rows: (done: number, total: number) => `${done.toLocaleString('en')} of ${counted(total, 'row')}`,
  percent: (percent: number) => `${percent} % done`,
  canceling: 'It stops at the next row. What was there before stays as it is.',
  canceled: 'Canceled. Nothing was changed.',
  failed: 'The import has failed. Nothing was changed.',
  failedAbout: 'Put it right in the file, and import it again.',
  failedFetchAbout:
    'Put it right at the address that it is fetched from. It is fetched again on its schedule, or at once from the application’s page.',
  paused: 'It waits for somebody to confirm it',
  pausedAbout: (percent: number) =>
    `It would change ${percent.toLocaleString('en')} % of the accounts. Nothing is changed until it is confirmed.`,
  pausedUnknown: 'It would change more than is usual. Nothing is changed until it is confirmed.',
  again: 'Upload again',
  facts: 'About this import',
  took: 'Took',
  notEnded: 'Not yet',
  id: 'Id',
  files: 'Files',
  noFiles: 'None: it was fetched from the address of the schedule.',
  group: 'For',
  fileName: 'File',
  fileSize: 'Size',
  metrics: 'What it brought',
  metricsPaused: 'What it would bring',
  metricsAbout: {
    rows: 'Rows read',
    accounts: 'Accounts',
    new_accounts: 'New accounts',
    removed_accounts: 'Accounts removed',
    new_privileges: 'New privileges',
    removed_privileges: 'Privileges removed',
    unmatched: 'Without a person',
    change_percent: 'Changed',
  } satisfies Record<string, string>,
  percentOf: (percent: number) => `${percent.toLocaleString('en')} %`,
  toAccounts: 'Look at the accounts',
  log: 'Log',
}

export const importActionTexts = {
  cancel: 'Cancel import',
  cancelTitle: (number: number) => `Cancel import ${number}?`,
  cancelAbout: (application: string) =>
    `The accounts of ${isolated(application)} stay as they were before it. To go on later, import the files again.`,
  goOn: 'Let it go on',
  wasCanceled: (number: number) => `Import ${number} is being canceled.`,
  confirm: 'Confirm import',
  confirmTitle: (number: number) => `Confirm import ${number}?`,
  confirmAbout: (application: string) =>
    `It replaces the accounts of ${isolated(application)}. There is no way back, but to import earlier files again.`,
  removes: (accounts: number, privileges: number) =>
    `${counted(accounts, 'account')} and ${counted(privileges, 'privilege')} will be removed.`,
  removesNothing: 'Nothing will be removed.',
  accounts: 'Accounts now and afterwards',
  fromTo: (before: number, after: number) =>
    `${before.toLocaleString('en')} → ${after.toLocaleString('en')}`,
  newAccounts: 'New accounts',
  removedAccounts: 'Accounts removed',
  newPrivileges: 'New privileges',
  removedPrivileges: 'Privileges removed',
  unmatched: 'Accounts without a person',
  change: 'Changed',
  confirmed: (number: number) => `Import ${number} goes on.`,
}

/** The files of a new one. */
export const uploadTexts = {
  title: 'Upload files',
  about: (application: string) =>
    `A finished import replaces all accounts of ${isolated(application)}. Until then, and if it fails, nothing changes.`,
  columns: 'Each file is a CSV in UTF-8 whose first line is',
  columnsExample: 'account,email,privilege',
  columnsAbout:
    'One line for each privilege of an account; an account without any has one line with that column empty.',
  required: 'Required',
  optional: 'Optional',
  drop: 'Drop a CSV here, or',
  choose: 'choose a file',
  chooseFor: (group: string) => `Choose a file for ${group}`,
  replace: 'Choose another',
  replaceFor: (group: string) => `Choose another file for ${group}`,
  remove: 'Remove',
  removeFor: (group: string) => `Remove the file for ${group}`,
  removed: (group: string) => `The file for ${isolated(group)} is removed.`,
  chosen: (group: string, name: string, bytes: number) =>
    `${isolated(name)}, ${size(bytes)}, is chosen for ${isolated(group)}.`,
  onlyOne: (count: number) => `Drop one file here: these were ${count}.`,
  missing: (groups: string) => `Choose a file for ${groups} first`,
  submit: 'Start import',
  underWay: 'The files are being sent',
  sending: 'How much is sent',
  sent: (loaded: number, total: number) => `${size(loaded)} of ${size(total)} sent`,
  checking: 'All is sent. The server puts it away …',
  stop: 'Stop sending',
  begun: (number: number) => `Import ${number} has begun.`,
  nothing: 'There is nothing to upload',
  nothingAbout: 'The settings of this application name no file that an import is made of.',
  toSettings: 'Open settings',
}
