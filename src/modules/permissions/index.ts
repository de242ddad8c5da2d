import type { Module } from '../../operation.ts'
import { listPermissions } from './list-permissions.ts'
import { registerPermission } from './register-permission.ts'
import { Permission } from './resource.ts'

export const permissions: Module = {
  schemas: [Permission],
  operations: [listPermissions, registerPermission],
}
