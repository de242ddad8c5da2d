import type { Module } from '../../operation.ts'
import { deleteUserSession } from './delete-user-session.ts'
import { deleteUserSessions } from './delete-user-sessions.ts'
import { endUserCredentials } from './end-user-credentials.ts'
import { getUserSecondFactors } from './get-user-second-factors.ts'
import { listUserSessions } from './list-user-sessions.ts'

export const userCredentials: Module = {
  schemas: [],
  operations: [
    getUserSecondFactors,
    listUserSessions,
    deleteUserSession,
    deleteUserSessions,
    endUserCredentials,
  ],
}
