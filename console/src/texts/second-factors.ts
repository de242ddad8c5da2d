/** Showing who one is, and what it is shown by. */
export const secondFactorTexts = {
  code: 'Code from your app',
  codeAbout: 'Six digits. It changes every 30 seconds.',
  recoveryCode: 'Recovery code',
  recoveryCodeAbout: 'One of those that you kept. It is good for this one sign-in.',
  password: 'Password',
  usePasskey: 'Use a passkey',
  passkeyAbout: 'Your browser asks for it: a finger, a face, a PIN or a key.',
  instead: {
    passkey: 'Use a passkey instead',
    totp: 'Use a code from your app instead',
    recovery_code: 'Use a recovery code instead',
    password: 'Use your password instead',
  },
  goOn: 'Continue',
  title: 'Second step',
  due: 'Your password is right. Now show your second factor.',
  dueUntil: 'You have five minutes and five tries. After that begin again.',
  beginAgain: 'Begin again',
  or: 'or',
  isItYou: 'Is it you?',
  isItYouAbout:
    'You signed in a while ago, and this needs to be shown anew. Then it goes on; nothing that you typed is lost.',
  factorFirst: 'Show your second factor',
  factorFirstAbout:
    'This Postern requires a second factor, and you signed in without yours. What you were doing goes on afterwards.',
  signOutInstead: 'Sign out instead',
  passkeyProblems: {
    /** By the name of what the browser throws (WebAuthn §5.1.3, §5.1.4). */
    notByName: {
      NotAllowedError: 'No passkey was used: it was cancelled, or took too long.',
      AbortError: 'No passkey was used: it was cancelled, or took too long.',
      InvalidStateError: 'This device holds a passkey of yours already.',
      SecurityError: 'Passkeys work only at the address that this Postern is set up for.',
    } as Record<string, string>,
    couldNot: 'This browser couldn’t use a passkey.',
  },
}

/** Getting a second factor, and codes for when it is lost. */
export const enrolmentTexts = {
  loading: 'Loading',
  required: 'A second factor is required',
  requiredAbout:
    'This Postern requires one besides the password, and you have none yet. Choose how you want to show it; what you were doing goes on afterwards.',
  app: 'Authenticator app',
  appAbout: 'An app on your telephone shows a code that you type after your password.',
  addPasskey: 'Add a passkey',
  passkeyAbout:
    'This device, your telephone or a security key shows that it is you. A passkey also signs in alone, without the password.',
  passkeyName: 'By which you will know it, such as “Work laptop”.',
  back: 'Back',
  scan: 'Scan this with the app. Then type the code that it shows.',
  qrCode: 'QR code with the secret for your app',
  noCamera: 'No camera? Type the secret into the app, or, where the app is on this device,',
  openApp: 'open it there',
  secret: 'Secret',
  copySecret: 'Copy secret',
  confirm: 'Confirm',
  codes: 'Recovery codes',
  codesOnce: 'Keep them now. For safety they are shown this once and can’t be shown again.',
  codesAbout:
    'Each is good for one sign-in when you have lost your app or passkey. Keep them where you will find them without it: on paper, or in a password manager.',
  copyCodes: 'Copy codes',
  download: 'Download as text',
  codesFile: 'postern-recovery-codes.txt',
  codesFileContent: (origin: string, codes: readonly string[]) =>
    `Recovery codes for ${origin}\nEach is good for one sign-in.\n\n${codes.join('\n')}\n`,
  kept: 'I have kept them',
  notKept: {
    notCopied: 'You haven’t copied the codes',
    notCopiedAbout:
      'Without them, who loses their app or passkey can’t sign in. Once this is closed nobody can show them to you again.',
    back: 'Go back and copy them',
    closeAnyway: 'Close without copying',
  },
}

/** What somebody has of it. */
export const factorTexts = {
  title: 'Second factor',
  about:
    'What you show besides your password. Who learns the password alone can’t sign in with it then.',
  policies: {
    off: 'Second factors are off on this Postern: nobody is asked for one, and none can be added. Passkeys still sign in.',
    required: 'This Postern requires a second factor: the last one can’t be removed.',
  },
  noApp: 'Not set up.',
  appSince: 'Set up',
  setUpApp: 'Set up an app',
  appAnew: 'Change to another app',
  theApp: 'the authenticator app',
  passkeys: 'Passkeys',
  noPasskey: 'None yet. A passkey also signs in alone, without the password.',
  passkeysAbout: 'Each also signs in alone, without the password.',
  added: 'Added',
  lastUsed: 'last used',
  notYet: 'not yet',
  isBackedUp: 'also kept in your account at its maker',
  rename: 'Rename',
  renameNamed: (name: string) => `Rename ${name}`,
  renameTitle: 'Rename passkey',
  renameAbout: 'The name is only for you.',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeAbout: 'It no longer signs you in. Your other factors stay.',
  removeLastAbout:
    'It is your last second factor: from then on your password alone signs you in, and your recovery codes are deleted.',
  removed: (name: string) => `Removed: ${name}`,
  codesLeft: (left: number) => (left === 1 ? '1 code is left.' : `${left} codes are left.`),
  newCodes: 'Make new codes',
  newCodesTitle: 'Make new recovery codes?',
  newCodesAbout: 'Those from before are good for nothing then.',
}
