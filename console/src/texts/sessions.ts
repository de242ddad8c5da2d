import { isolated } from './isolated.ts'

/** Where somebody is signed in. */
export const sessionTexts = {
  list: 'Sessions',
  ownAbout:
    'Where you are signed in. End a session that you don’t recognise, then change your password.',
  device: 'Browser',
  thisOne: 'This session',
  unknownDevice: 'Unknown browser',
  address: 'Address',
  unknownAddress: 'unknown address',
  signedInBy: 'Signed in by',
  methods: {
    password: 'Password',
    sso: 'Single sign-on',
    totp: 'Code of an app',
    passkey: 'Passkey',
    recovery_code: 'Recovery code',
  } satisfies Record<string, string>,
  lastUsed: 'Last active',
  lastActive: 'last active',
  signedIn: 'Signed in',
  ends: 'Ends',
  action: 'Action',
  signOutInstead: 'Sign out to end it',
  end: 'End session',
  endThat: (device: string, address: string) => `End session of ${device}, ${address}`,
  endTitle: 'End this session?',
  endAbout: 'Whoever uses it is signed out at once. Tokens are not touched.',
  ended: 'The session has ended',
  endOthers: 'End all others',
  endOthersTitle: 'End all your other sessions?',
  endOthersAbout: 'You are signed out everywhere but here. Tokens are not touched.',
  endedSo: (count: number) =>
    count === 1 ? '1 session has ended' : `${count} sessions have ended`,
}

/** The same, of somebody else. */
export const userSessionTexts = {
  tab: 'Sign-in',
  none: 'They are signed in nowhere.',
  since: 'Set up',
  noFactor: 'None',
  codesLeft: (left: number) => `${left} left`,
  endAll: 'End all sessions',
  endAllTitle: (name: string) => `End all sessions of ${isolated(name)}?`,
  endAllAbout:
    'They are signed out everywhere at once, and may sign in again. Tokens are not touched.',
}
