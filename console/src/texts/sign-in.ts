/** Signing in, and in again. */
export const signInTexts = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Sign in',
  forgotten: 'Forgot your password?',
  about: 'People sign in here. Programs use tokens.',
  docs: 'API documentation',
  again: 'Your session has ended',
  againAbout:
    'Sign in again to go on. What you were doing is still here, and nothing of it was lost.',
  leave: 'Sign out instead',
}
