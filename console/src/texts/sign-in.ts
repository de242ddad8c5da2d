/** Signing in, and in again. */
export const signInTexts = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Sign in',
  about: 'People sign in here. Programs use tokens.',
  docs: 'API documentation',
  again: 'Your session has ended',
  againAbout:
    'Sign in again to go on. What you were doing is still here, and nothing of it was lost.',
  leave: 'Sign out instead',
  usePasskey: 'Use a passkey',
  secondStep: 'Your password is right. One more step shows that it is you.',
  fields: {
    totp: 'Code from your app',
    recovery_code: 'Recovery code',
    password: 'Password',
  },
  hints: {
    totp: 'Six digits. A new code comes every 30 seconds.',
    recovery_code: 'One of those that you have kept. It is good for this once.',
  },
  instead: {
    passkey: 'Use a passkey instead',
    totp: 'Use a code from your app instead',
    recovery_code: 'Use a recovery code instead',
  },
  startOver: 'Start over',
}

/** Showing anew who one is, in the middle of something. */
export const stepUpTexts = {
  title: 'Show that it is you',
  about:
    'You signed in a while ago, and what you are about to do is worth a second look. It goes on afterwards.',
  confirm: 'Confirm',
  usePasskey: 'Use a passkey',
  signInAnew: 'Only a new sign-in shows it. Sign out, and sign in again.',
  instead: {
    passkey: 'Use a passkey instead',
    totp: 'Use a code from your app instead',
    password: 'Use your password instead',
    sso: 'Sign in anew instead',
  },
}
