import type { Module } from '../../operation.ts'
import { deleteUserExternalIdentity } from './delete-user-external-identity.ts'
import { deleteUserSecondFactors } from './delete-user-second-factors.ts'
import { deleteUserSession } from './delete-user-session.ts'
import { deleteUserSessions } from './delete-user-sessions.ts'
import { endUserCredentials } from './end-user-credentials.ts'
import { getUserSecondFactors } from './get-user-second-factors.ts'
import { listUserExternalIdentities } from './list-user-external-identities.ts'
import { listUserSessions } from './list-user-sessions.ts'

export const userCredentials: Module = {
  schemas: [],
  operations: [
    getUserSecondFactors,
    deleteUserSecondFactors,
    listUserExternalIdentities,
    deleteUserExternalIdentity,
    listUserSessions,
    deleteUserSession,
    deleteUserSessions,
    endUserCredentials,
  ],
}
