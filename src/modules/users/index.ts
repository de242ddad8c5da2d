import { CreatedUser, User } from '../../accounts/resource.ts'
import type { Module } from '../../operation.ts'
import { activateUser } from './activate-user.ts'
import { assignTenant } from './assign-tenant.ts'
import { createGrant } from './create-grant.ts'
import { createUser } from './create-user.ts'
import { deactivateUser } from './deactivate-user.ts'
import { deleteGrant } from './delete-grant.ts'
import { deleteUser } from './delete-user.ts'
import { getEffectivePermissions } from './get-effective-permissions.ts'
import { getUser } from './get-user.ts'
import { Grant } from './grant-resource.ts'
import { listGrants } from './list-grants.ts'
import { listUsers } from './list-users.ts'
import { Invitation, renewInvitation } from './renew-invitation.ts'
import { unassignTenant } from './unassign-tenant.ts'
import { updateUser } from './update-user.ts'

export const users: Module = {
  schemas: [Grant, CreatedUser, Invitation, User],
  operations: [
    createUser,
    listUsers,
    getUser,
    updateUser,
    deleteUser,
    getEffectivePermissions,
    deactivateUser,
    activateUser,
    renewInvitation,
    assignTenant,
    unassignTenant,
    createGrant,
    listGrants,
    deleteGrant,
  ],
}
