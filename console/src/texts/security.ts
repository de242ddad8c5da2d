/** One’s own password. */
export const securityTexts = {
  about: 'How you sign in, and where you are signed in now.',
  password: 'Password',
  passwordAbout:
    'Changing it signs you out everywhere else. Your tokens go on working: they are not made of your password.',
  current: 'Current password',
  next: 'New password',
  atLeast: (length: number) =>
    `At least ${length} characters. No other rules: a few random words are easier to keep than symbols.`,
  repeat: 'New password again',
  change: 'Change password',
  changed: 'Your password has been changed',
  changedAbout: 'You have been signed out everywhere but here.',
}

/** Setting the first password, by a link. */
export const invitationTexts = {
  title: 'Welcome to Postern',
  about: 'Choose a password. You sign in with it, and with your e-mail address.',
  password: 'Password',
  repeat: 'Password again',
  submit: 'Set password',
  doneTitle: 'Your password is set',
  done: 'Sign in with it, and with the e-mail address that you were invited by.',
  goOn: 'Go to the sign-in',
  deadTitle: 'This invitation is not valid',
  dead: 'The link has expired, or has been used already. If you have set a password with it, sign in. If not, ask whoever invited you for a new one.',
  incompleteTitle: 'This link is not complete',
  incomplete:
    'The invitation is missing from the address. Open the link from your invitation again: a reloaded page no longer has it.',
}
