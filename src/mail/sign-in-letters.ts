import type { SignInChange } from './kinds.ts'

type Told = { subject: string; says: (name: string | null) => string }

const quoted = (name: string | null) => (name === null ? '' : ` “${name}”`)

/** What is told of each change of how somebody signs in, and of what it means. */
export const signInLetters: Record<SignInChange, Told> = {
  'passkey.created': {
    subject: 'A passkey was added to your account',
    says: (name) =>
      `The passkey${quoted(name)} was added to your account. Whoever has it signs in without your password.`,
  },
  'passkey.deleted': {
    subject: 'A passkey was removed from your account',
    says: (name) => `The passkey${quoted(name)} was removed from your account.`,
  },
  'totp.confirmed': {
    subject: 'An authenticator app was set up for your account',
    says: () =>
      'An authenticator app was set up for your account. Sign-ins with your password ask for its codes now.',
  },
  'totp.deleted': {
    subject: 'The authenticator app was removed from your account',
    says: () =>
      'The authenticator app was removed from your account. Sign-ins ask for its codes no more.',
  },
  'recovery_codes.renewed': {
    subject: 'You have new recovery codes',
    says: () => 'New recovery codes were made for your account. Those before are good for nothing.',
  },
  'external_identity.linked': {
    subject: 'An identity was linked to your account',
    says: (name) =>
      `An identity${at(name)} was linked to your account. Whoever signs in by it comes in without your password.`,
  },
  'external_identity.unlinked': {
    subject: 'An identity was unlinked from your account',
    says: (name) =>
      `The identity${at(name)} was unlinked from your account. It signs nobody in any more.`,
  },
  'user.second_factors_reset': {
    subject: 'Your second factors were reset',
    says: () =>
      'The authenticator app, passkeys and recovery codes of your account were removed, and you were signed out everywhere. Sign in, and set up a second factor again.',
  },
  'user.credentials_ended': {
    subject: 'All that your account was ever given has ended',
    says: () =>
      'Your sessions, access tokens and recovery codes have ended, and passkeys, apps and linked identities may have been removed. Your password is as it was.',
  },
}

const at = (name: string | null) => (name === null ? '' : ` at ${name}`)
