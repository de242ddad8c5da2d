import type { Module } from '../../operation.ts'
import { Session } from '../../sessions/resource.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changePassword } from './change-password.ts'
import { deleteOtherSessions } from './delete-other-sessions.ts'
import { deleteOwnSession } from './delete-own-session.ts'
import { getPasskeyOptions } from './get-passkey-options.ts'
import { getPasswordPolicy } from './get-password-policy.ts'
import { getStepUpOptions } from './get-step-up-options.ts'
import { listOwnSessions } from './list-own-sessions.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { refresh } from './refresh.ts'
import { showSecondFactor } from './show-second-factor.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'
import { stepUp } from './step-up.ts'

export const signIn: Module = {
  schemas: [Session],
  operations: [
    login,
    showSecondFactor,
    getPasskeyOptions,
    signInWithPasskey,
    refresh,
    logout,
    getStepUpOptions,
    stepUp,
    acceptInvitation,
    changePassword,
    getPasswordPolicy,
    listOwnSessions,
    deleteOwnSession,
    deleteOtherSessions,
  ],
}
