import { isolated } from './isolated.ts'

/** By what somebody else signs in, and its end. */
export const userSignInTexts = {
  identities: 'Linked identities',
  noIdentities: 'None',
  unlink: 'Unlink',
  unlinkThat: (provider: string) => `Unlink the identity at ${provider}`,
  unlinkTitle: (provider: string) => `Unlink the identity at ${isolated(provider)}?`,
  unlinkAbout:
    'Whoever signs in by it is signed out at once, and comes in by it no more. Somebody who has no other way in needs a new invitation.',
  unlinked: 'The identity is unlinked',
  reset: 'Reset second factors',
  resetTitle: (name: string) => `Reset the second factors of ${isolated(name)}?`,
  resetAbout:
    'For a lost telephone, or a factor that is somebody else’s. The authenticator app, all passkeys and recovery codes are gone for good, and all sessions end. The password alone signs them in then, until they set up another factor.',
  ownElsewhere: 'You change your own on the page',
  resetDone: 'The second factors are gone',
  lockedOut: 'No way in',
  lockedOutAbout:
    'They have neither a password nor a passkey, and no identity at a provider that is enabled. With a new invitation they set a password.',
  noWayIn: 'They have no way in now: make a new invitation.',
  endEverything: 'End everything issued so far',
  endEverythingTitle: (name: string) => `End everything that ${isolated(name)} was ever given?`,
  endEverythingAbout:
    'For a stolen laptop, or where somebody else may have been at work. All sessions, tokens, recovery codes and open links, and the address of their calendar, end for good, and no restored backup brings them back. The authenticator app, passkeys and linked identities go, too, unless you keep them. Their password and what they hold stay: who must not come back is deactivated.',
  keepFactors: 'Keep the authenticator app, passkeys and linked identities',
  keepFactorsAbout: 'Somebody else may have added one of them, to come in again.',
  everythingEnded: (sessions: number, tokens: number) =>
    `Ended: sessions ${sessions}, tokens ${tokens}`,
}
