import type { Module } from '../../operation.ts'
import { Session } from '../../sessions/resource.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changePassword } from './change-password.ts'
import { deleteOtherSessions } from './delete-other-sessions.ts'
import { deleteOwnSession } from './delete-own-session.ts'
import { getPasswordPolicy } from './get-password-policy.ts'
import { listOwnSessions } from './list-own-sessions.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { refresh } from './refresh.ts'

export const signIn: Module = {
  schemas: [Session],
  operations: [
    login,
    refresh,
    logout,
    acceptInvitation,
    changePassword,
    getPasswordPolicy,
    listOwnSessions,
    deleteOwnSession,
    deleteOtherSessions,
  ],
}
