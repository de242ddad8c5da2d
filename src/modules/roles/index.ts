import type { Module } from '../../operation.ts'
import { createRole } from './create-role.ts'
import { deleteRole } from './delete-role.ts'
import { getRole } from './get-role.ts'
import { listRoles } from './list-roles.ts'
import { Role } from './resource.ts'
import { updateRole } from './update-role.ts'

export const roles: Module = {
  schemas: [Role],
  operations: [createRole, listRoles, getRole, updateRole, deleteRole],
}
