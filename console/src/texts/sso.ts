import { isolated } from './isolated.ts'

/** By which code the server tells that somebody came back from a provider for nothing (src/modules/sso/failed.ts). */
type Sentences = Record<
  'sso_failed' | 'sso_account_exists' | 'sso_identity_taken' | 'sso_unavailable',
  string
>

/** Single sign-on: going to an identity provider, and coming back. */
export const ssoTexts = {
  /** Before the name of a provider. */
  goOnWith: 'Continue with',
  providers: 'Single sign-on',
  stillSignedIn: 'You are still signed in',
  goOn: 'Go on in the console',
  /** To who wanted to sign in. */
  notSignedIn: {
    sso_failed:
      'You are not signed in: the identity provider has not confirmed who you are, or doesn’t let you in here. Try again, or sign in another way. If it happens again, ask whoever runs this Postern.',
    sso_account_exists:
      'Somebody here has your e-mail address already. If that is you, sign in as you did before, then link your identity on the page “Password and sessions”.',
    sso_identity_taken: 'You are not signed in: this identity belongs to somebody else here.',
    sso_unavailable:
      'You are not signed in: too many tried just now, or the server is busy. Try again in a minute.',
  } satisfies Sentences,
  /** To who is signed in, and wanted to link an identity or to show that it is them. */
  notConfirmed: {
    sso_failed:
      'The identity provider has not confirmed that it is you, or isn’t accepted for this here, so nothing was done. Try again. If it happens again, sign out, sign in, and set up an authenticator app or a passkey on the page “Password and sessions” at once: then you can show that one instead.',
    sso_account_exists:
      'The identity provider has confirmed somebody else, so nothing was done. Try again.',
    sso_identity_taken:
      'Nothing was linked: this identity belongs to somebody else here, or you have another one of this provider. Unlink that one first.',
    sso_unavailable:
      'Too many tried just now, or the server is busy, so nothing was done. Try again in a minute.',
  } satisfies Sentences,
}

/** The window in which one is at the provider, while the page waits. */
export const providerWindowTexts = {
  about: 'It opens in a window of its own; this page waits for you, with all that you typed.',
  waiting: 'Go on in the window that has opened. When you are done there, this goes on by itself.',
  openAgain: 'Open the window again',
  blocked:
    'Your browser has not let the window open. Allow it for this page and try again; or go there in this window, and lose what you typed here.',
  goInstead: 'Go there in this window',
  ownProvider: 'your identity provider',
  returned: 'You can close this window',
  returnedAbout: 'Go on in the window that you came from.',
  toConsole: 'Or go on here',
}

/** Which identities one signs in by. */
export const externalIdentityTexts = {
  title: 'Single sign-on',
  about: 'Identities of your organisation by which you sign in here.',
  none: 'None yet.',
  linkAnother: 'Link another:',
  link: 'Link',
  linked: (name: string) => `From now on you can sign in with ${name}`,
  since: 'Linked',
  lastUsed: 'last used',
  notYet: 'not yet',
  subject: 'known there as',
  known: (subject: string, email: string | null) =>
    email === null ? subject : `${email} (${subject})`,
  isDisabled: 'Disabled',
  unlink: 'Unlink',
  unlinkNamed: (name: string) => `Unlink ${name}`,
  unlinkTitle: (name: string) => `Unlink ${isolated(name)}?`,
  unlinkAbout:
    'You can’t sign in by it any more, and your sessions that came from it end at once; this one, too, if it is one of them. Tokens are not touched.',
  unlinked: (name: string) => `Unlinked: ${name}`,
}
