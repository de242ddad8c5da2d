/** Settings of the platform. */
export const settingsTexts = {
  title: 'Settings',
  about:
    'Policies of this Postern. They hold for what is made from now on: a token that exists is never changed or ended by a setting.',
  days: 'days',
  minutes: 'minutes',
  characters: 'characters',
  tokens: 'Tokens',
  passwords: 'Passwords',
  sessions: 'Sessions',
  secondFactors: 'Second factors',
  fields: {
    default_token_lifetime_days: {
      label: 'Default lifetime of a token',
      about: 'What a token gets whose maker says nothing about its end.',
    },
    max_token_lifetime_days: {
      label: 'Maximum lifetime of a token',
      about: 'Nobody can make a token that lives longer. Empty: no maximum.',
    },
    never_expiring_tokens_allowed: {
      label: 'Allow tokens that never expire',
      about: 'Of no effect while there is a maximum lifetime.',
    },
    password_min_length: {
      label: 'Minimum length of a password',
      about: 'Holds when a password is set or changed; those that exist stay valid.',
    },
    session_idle_minutes: {
      label: 'Sign out after this long without use',
      about: 'A session of this console ends when it hasn’t been used for so long.',
    },
    session_lifetime_minutes: {
      label: 'Sign out at the latest after',
      about: 'However much it is used. A shorter time also holds for sessions that exist.',
    },
    second_factor: {
      label: 'Second factor',
      about:
        'Required: whoever has none can do nothing but set one up, from their next click on. Off: none is asked for, and none can be set up.',
    },
    step_up_minutes: {
      label: 'Ask again who it is after',
      about:
        'Before tokens are made, grants given and the like, people show again that it is they. 0: never while they are signed in.',
    },
  },
  policies: { off: 'Off', optional: 'Optional', required: 'Required' },
  neverAgain: 'Never',
  validFrom: 'Nothing that was made before this moment is in force:',
  noMaximum: 'No maximum',
  allowed: 'Allowed',
  notAllowed: 'Not allowed',
  readOnly: 'You may look at these settings and not change them.',
  review: 'Review changes',
  unchanged: 'Nothing has been changed.',
  reviewTitle: 'Save these settings?',
  setting: 'Setting',
  now: 'Now',
  afterwards: 'After saving',
  touched: (count: number) =>
    count === 1
      ? '1 live token could not be made under these settings.'
      : `${count.toLocaleString('en')} live tokens could not be made under these settings.`,
  exceeding: (count: number) =>
    count === 1 ? '1 lives longer than allowed.' : `${count} live longer than allowed.`,
  neverExpiring: (count: number) => (count === 1 ? '1 never expires.' : `${count} never expire.`),
  theyStay: 'They stay as they are. Their owners can delete them and make new ones.',
  untouched: 'Every live token could also be made under these settings.',
  save: 'Save settings',
  saved: 'Settings saved',
}

const dayMinutes = 1440
const hourMinutes = 60

/** 10080 as “7 days”: minutes are for machines. */
export function minutesInWords(minutes: number): string {
  const [size, unit] =
    minutes % dayMinutes === 0
      ? [dayMinutes, 'day']
      : minutes % hourMinutes === 0
        ? [hourMinutes, 'hour']
        : [1, 'minute']
  const count = minutes / size
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`
}

export const daysInWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`)
