/** Which mails one gets, and the calendar of when one's tokens expire. */
export const noticeTexts = {
  about: 'How you hear of what concerns you: by mail, and in your calendar.',
  mails: 'E-mail',
  mailsAbout: (email: string) => `They go to ${email}.`,
  mailsAboutNobody: 'They go to the address that you sign in with.',
  tokenExpiry: 'Tokens that expire',
  tokenExpiryAbout:
    'One mail a day at most, about your tokens, those of service accounts that you answer for, and system tokens that you made: 30, 7 and 1 days ahead, and when they have expired.',
  saving: 'Saving …',
  savedOn: 'Saved: you get these mails.',
  savedOff: 'Saved: you get these mails no more.',
  always: 'You always get, because they are about the safety of your account:',
  alwaysAll: [
    'a sign-in from a browser or a network that you have not used before',
    'a new password, and the link to set one',
    'a passkey, an authenticator app or an identity of a provider that is added or taken away, and new recovery codes',
    'an administrator who resets your second factors, or ends everything that you were given',
    'a new token, of yours or of a service account that you answer for',
    'such a token, where a tenant has blocked it',
  ] as const,
}

export const calendarTexts = {
  title: 'Calendar',
  about:
    'A secret address that your calendar subscribes to. It shows when your tokens expire, those of service accounts that you answer for, and system tokens that you made: by name and time, and nothing else.',
  none: 'There is no address yet.',
  since: 'There is an address, made',
  create: 'Get an address',
  replace: 'Replace',
  replaceTitle: 'Get another address?',
  replaceAbout:
    'The address before it stops working at once: calendars that subscribe to it show nothing new until you give them the other one.',
  replaceAction: 'Get another address',
  remove: 'Delete',
  removeTitle: 'Delete the address of your calendar?',
  removeAbout:
    'It stops working at once. Calendars that subscribe to it show nothing new any more.',
  removeAction: 'Delete address',
  removed: 'The address is deleted.',
}

/** The address, shown once. */
export const calendarAddressTexts = {
  title: 'The address of your calendar',
  once: 'Copy it now. Whoever knows it may read it, so it is shown this once and can’t be shown again.',
  label: 'Calendar address',
  copy: 'Copy address',
  how: 'Subscribe to it in your calendar:',
  ways: [
    'Google Calendar: Other calendars, “From URL”',
    'Apple Calendar: File, “New Calendar Subscription”',
    'Outlook: Add calendar, “Subscribe from web”',
  ] as const,
  often: 'How soon a change is seen is up to your calendar: it may take a day.',
  close: 'Done',
  notCopied: 'You haven’t copied the address',
  notCopiedAbout:
    'Once this is closed nobody can show it to you again. You could get another one by “Replace”.',
  back: 'Go back and copy it',
  closeAnyway: 'Close without copying',
}
