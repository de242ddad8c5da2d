import { isolated } from './isolated.ts'

const listed = new Intl.ListFormat('en')

/** Identity providers: the list, and what their fields are called. */
export const providersTexts = {
  list: 'Identity providers',
  about:
    'Whom your people may sign in by, over OpenID Connect. For SAML, put a provider that speaks both in between.',
  add: 'Add identity provider',
  name: 'Name',
  issuer: 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  domains: 'Allowed domains',
  newPeople: 'New people',
  nobodyNew: 'Nobody: they are invited first',
  linksOfDomains: (domains: readonly string[]) =>
    domains.length === 0
      ? 'Nobody: they are invited first'
      : `Nobody: they are invited first, then link an address of ${listed.format(domains)}`,
  ofDomains: (domains: readonly string[]) => `With an address of ${listed.format(domains)}`,
  created: 'Created',
  enabled: 'Enabled',
  disabled: 'Disabled',
  empty: 'No identity providers yet',
  emptyAbout: 'People sign in by password or passkey until you add one.',
}

/** The fields of one, new or not. */
export const providerFormTexts = {
  title: 'Add identity provider',
  about:
    'It is added disabled. The next page has the redirect URI to register with the provider; enable it after that.',
  nameAbout: 'As it stands on the button of the sign-in page.',
  issuerAbout:
    'To the letter, as the provider’s own metadata spells it. It can’t be changed later.',
  issuerFixed: 'It can’t be changed: with another one, everybody would be somebody else.',
  clientIdAbout: 'As the provider knows this Postern.',
  secretAbout:
    'From the provider. Empty for a client without one. It is stored sealed and never shown again.',
  newSecret: 'New client secret',
  secretOnce: 'From the provider. It takes the place of the stored one when you save.',
  hasSecret: 'Stored, and never shown again.',
  noSecret: 'None: a client without a secret.',
  secretGoes: 'It is deleted when you save.',
  setSecret: 'Set a secret',
  replaceSecret: 'Replace the secret',
  removeSecret: 'Delete the secret',
  leaveSecret: 'Leave it as it is',
  jit: 'Let in people whom nobody knows yet',
  jitAbout:
    'They become users when they sign in for the first time. Without it, people link the provider to the user that they have.',
  jitForgotten: 'Their tenants and roles are forgotten when you save.',
  tenants: 'Tenant scope of new people',
  tenantsAbout: 'In what you can’t create users yourself, you can’t let in anybody either.',
  grants: 'Roles of new people',
  grantsAbout: 'You can give only what you hold yourself.',
  domainsAbout:
    'Who comes in new, or links the provider to the user that they have, must have a verified address of one of these; of their subdomains only where these are named, too. Without any, nobody new comes in, and links are bound to no address.',
  create: 'Add provider',
  created: (name: string) => `Added: ${name}`,
  save: 'Save changes',
  saved: 'Changes saved',
  unchanged: 'Nothing has been changed.',
}

/** One of them, and what can be done about it. */
export const providerDetailTexts = {
  there: 'At the provider',
  thereAbout:
    'Register a web application there, with the authorization code flow, PKCE and this address.',
  redirectUri: 'Redirect URI',
  copy: 'Copy redirect URI',
  here: 'Here',
  hereAbout: 'What the provider says of its application, and who may come in by it.',
  readOnly: 'You may look at this provider and not change it.',
  notEnabled:
    'Nobody signs in by it while it is disabled. Register the redirect URI with the provider, then enable it.',
  enable: 'Enable',
  wasEnabled: (name: string) => `People can sign in with ${name}`,
  disable: 'Disable',
  disableTitle: (name: string) => `Disable ${isolated(name)}?`,
  disableAbout:
    'Nobody signs in by it any more, and every session that came from it ends at once, for good. It can be enabled again.',
  wasDisabled: (name: string) => `Disabled: ${name}`,
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${isolated(name)}?`,
  removeAbout:
    'Nobody signs in by it any more, and every session that came from it ends at once. Who is who there is forgotten: a provider that is added again with the same issuer begins without them.',
  removeAction: 'Delete provider',
  wasRemoved: (name: string) => `Deleted: ${name}`,
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** Whom it concerns when nobody signs in by a provider any more. */
export const endOfSignInTexts = {
  nobody: 'Nobody signs in by it now.',
  concerns: (people: number) =>
    `${counted(people, 'active person signs', 'active people sign')} in by it`,
  lockedOut: (count: number) =>
    count === 1
      ? '1 of them has no other way in and needs a new invitation'
      : `${count.toLocaleString('en')} of them have no other way in and need a new invitation`,
  sessions: (count: number) =>
    count === 0
      ? 'nobody is signed in by it now'
      : `${counted(count, 'session ends', 'sessions end')} at once; yours, too, if it came from it`,
  tokens: (count: number) =>
    count === 0
      ? 'they have no live tokens'
      : `${counted(count, 'live token of theirs goes', 'live tokens of theirs go')} on working`,
  tokensAbout:
    'Tokens don’t rest on how somebody signs in. Deactivate whoever should not have them.',
}
