import type { Module } from '../../operation.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { refresh } from './refresh.ts'

export const signIn: Module = {
  schemas: [],
  operations: [login, refresh, logout, acceptInvitation],
}
