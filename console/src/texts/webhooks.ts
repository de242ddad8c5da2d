/** Where other systems are told of changes: the list, and what all pages of it say. */
export const webhookTexts = {
  list: 'Webhooks',
  about: 'Other systems are told of changes the moment they happen: of one tenant, or of all.',
  url: 'Address',
  place: 'Told of',
  platform: 'The whole platform',
  events: 'Events',
  state: 'State',
  states: {
    enabled: 'Enabled',
    failing: 'Failing',
    disabled: 'Disabled',
  } satisfies Record<string, string>,
  failingSince: 'Nothing has arrived since',
  created: 'Created',
  create: 'New webhook',
  mayNot:
    'It takes tenants.update and audit.read in a tenant; for the whole platform settings.write, and audit.read in every tenant',
  empty: 'No webhooks yet',
  emptyAbout:
    'Name an address of yours and choose events. Each is sent there, signed, and tried again until it arrives.',
  nothingMatches: 'No webhook is told of this tenant’s changes.',
  clear: 'Clear filter',
}

/** The fields of one, new or not. */
export const webhookFormTexts = {
  title: 'New webhook',
  about: 'Each event is sent by POST, as JSON, and signed with a secret that you are shown once.',
  placeLabel: 'Whose changes',
  placeAbout: 'Of one tenant, or of the whole platform. It can’t be changed later.',
  choosePlace: 'Choose whose changes first',
  url: 'Address',
  urlAbout:
    'An https address of yours. What lies in a private network is reached only where the operator of this Postern permits it.',
  urlExample: 'https://example.com/postern-events',
  description: 'Description',
  descriptionAbout: 'What it is for, in a few words.',
  descriptionExample: 'Tells our ticket system',
  events: 'Events',
  eventsAbout:
    'The names of the audit log. “All” of a kind is a wildcard such as token.*: it also takes in events that a later version adds.',
  chooseEvent: 'Choose an event first',
  create: 'Create webhook',
  save: 'Save changes',
  saved: 'The changes are saved.',
  unchanged: 'Nothing is changed yet',
}

/** One webhook, and what can be done with it. */
export const webhookDetailTexts = {
  deliveries: 'Deliveries',
  settings: 'Settings',
  verify: 'Verify signatures',
  id: 'Id',
  failingTitle: 'Nothing arrives at this address',
  failingAbout:
    'What your receiver refuses is tried again for two days. While it doesn’t answer at all, everything waits for it, and is sent when it is back. Where nothing arrives for five days the webhook is disabled. Put the address right, or send a test event to try it now. Failing since',
  disabledTitle: 'This webhook is disabled',
  disabledBecause: (reason: string) => `It was disabled by itself: ${reason}.`,
  disabledAbout: 'What happens meanwhile is not sent, and will not be sent later.',
  test: 'Send test event',
  tested: 'A test event is on its way.',
  isDisabled: 'It is disabled',
  enable: 'Enable',
  enabled: 'The webhook is enabled. It is told of what happens from now on.',
  disable: 'Disable',
  disableTitle: 'Disable this webhook?',
  disableAbout:
    'What still waits to be sent fails, and what happens meanwhile is not sent later. Its log and its secret stay.',
  disabled: 'The webhook is disabled.',
  rotate: 'Rotate secret',
  rotateTitle: 'Give this webhook a new secret?',
  rotateAbout:
    'You are shown the new secret once. For 24 hours everything is signed with both, so that your receiver can change over when it suits; then the old secret signs nothing more.',
  rotateTwice: 'Has the old one leaked? Rotate twice: then it is at an end at once.',
  rotateAction: 'Make new secret',
  remove: 'Delete',
  removeTitle: 'Delete this webhook?',
  removeAbout:
    'Nothing more is sent, also not what still waits. Its log and its secret are gone. It can’t be brought back.',
  removeAction: 'Delete webhook',
  removed: 'The webhook is deleted.',
}

/** The secret, shown once. */
export const webhookSecretTexts = {
  title: 'The signing secret',
  once: 'Copy it now. For safety it is shown this once and can’t be shown again.',
  label: 'Signing secret',
  copy: 'Copy secret',
  about: 'Your receiver verifies with it that what it gets is from here, and unchanged.',
  rotated: 'For 24 hours everything is signed with the old secret, too.',
  close: 'Done',
  notCopied: 'You haven’t copied the secret',
  notCopiedAbout:
    'Once this is closed nobody can show it to you again. You could make another one by “Rotate secret”.',
  back: 'Go back and copy it',
  closeAnyway: 'Close without copying',
  lostTitle: 'The webhook exists, but its secret is lost',
  lostAbout:
    'It was created when you sent this the first time. The answer with its secret never arrived, and a secret is never sent twice. Make a new one by “Rotate secret” on its page.',
  rotatedLostTitle: 'There is a new secret, but it is lost',
  rotatedLostAbout:
    'It was made when you sent this the first time. The answer with it never arrived, and a secret is never sent twice. For 24 hours your receiver can go on with the one that it has. “Rotate secret” makes another, but ends that one at once: what is sent until your receiver knows the other one it can’t verify.',
  toWebhook: 'Go to the webhook',
}

/** What was sent, is to be sent, or could not be. */
export const deliveryTexts = {
  list: 'Deliveries',
  about: 'What was sent, or is to be: the last thousand, for thirty days at most.',
  event: 'Event',
  created: 'Happened',
  status: 'Status',
  anyStatus: 'Any status',
  statuses: {
    waiting: 'Waiting',
    delivered: 'Delivered',
    failed: 'Failed',
  } satisfies Record<string, string>,
  attempts: 'Tries',
  answer: 'Answer',
  noAnswer: 'None yet',
  /** What a failure without a status may be due to, by what the API says of it. */
  causes: {
    'could not be reached':
      'Nobody listens there, its name or its certificate is wrong, or it lies in a private network that the operator of this Postern doesn’t permit.',
    'took too long': 'It took your receiver more than ten seconds to answer.',
  } satisfies Record<string, string>,
  next: 'Next try',
  noNext: 'None',
  action: 'Action',
  details: (type: string) => `Details of ${type}`,
  redeliver: 'Send again',
  redeliverThat: (type: string) => `Send again: ${type}`,
  redelivered: 'It is sent again, under the same id.',
  stillWaiting: 'It is still being sent',
  ended: 'Ended',
  notEnded: 'Not yet',
  webhookId: 'webhook-id',
  webhookIdAbout: 'The same at each try: a receiver that has it already can tell.',
  payload: 'What is sent',
  empty: 'Nothing has been sent yet',
  emptyAbout: 'Send a test event, or wait until one of its events happens.',
  nothingMatches: 'No delivery is like this.',
  clear: 'Show all',
}

export const verifyTexts = {
  title: 'Verify signatures',
  about:
    'Whoever knows the address could send something there. Your receiver trusts only what is signed with the secret, as Standard Webhooks has it.',
  headers: 'Each request carries three headers:',
  webhookId:
    'names the event, the same at each try. Keep it for a while: what comes twice under one id is one event.',
  webhookTimestamp:
    'is the second of this try. Refuse what is older than five minutes: nobody can send again what they have caught.',
  webhookSignature:
    'is v1, and the HMAC-SHA256 of id, timestamp and body joined by dots, in base64. After a rotation there are two, separated by a space: one that matches is enough.',
  body: 'Verify the body as it came, byte for byte, before it is parsed. Answer with any 2xx within ten seconds.',
  withLibrary: 'With a library',
  librariesAt: 'There are libraries for many languages at',
  byHand: 'By hand, in Node.js',
  copy: 'Copy code',
}
