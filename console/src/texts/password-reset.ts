/** A password that was forgotten: asking for a mail, and what its link leads to. */
export const forgottenTexts = {
  title: 'Forgot your password?',
  about: 'We send a link by mail with which you set a new one.',
  email: 'E-mail address',
  submit: 'Send the link',
  askedTitle: 'Look into your mail',
  asked:
    'If somebody signs in with this address and a password, a mail with a link is on its way. It works once, for an hour. If none comes, ask your administrator.',
  back: 'Back to the sign-in',
}

export const resetTexts = {
  title: 'Set a new password',
  about: 'You are signed out everywhere, and sign in with the new one. Your tokens work on.',
  password: 'New password',
  repeat: 'New password again',
  submit: 'Set password',
  doneTitle: 'Your password is set',
  done: 'Sign in with it.',
  goOn: 'Go to the sign-in',
  deadTitle: 'This link is not valid',
  dead: 'It has expired, or has been used already. If you have set a password with it, sign in. If not, ask for another mail.',
  incompleteTitle: 'This link is not complete',
  incomplete:
    'What makes it valid is missing from the address. Open the link from your mail again: a reloaded page no longer has it.',
}
