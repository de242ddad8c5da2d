import type { Module } from '../../operation.ts'
import { activateTenant } from './activate-tenant.ts'
import { createTenant } from './create-tenant.ts'
import { getTenant } from './get-tenant.ts'
import { listMembers, Member } from './list-members.ts'
import { listOwnTenants } from './list-own-tenants.ts'
import { listTenants } from './list-tenants.ts'
import { Tenant } from './resource.ts'
import { retireTenant } from './retire-tenant.ts'
import { suspendTenant } from './suspend-tenant.ts'
import { updateTenant } from './update-tenant.ts'

export const tenants: Module = {
  schemas: [Tenant, Member],
  operations: [
    createTenant,
    listTenants,
    getTenant,
    updateTenant,
    suspendTenant,
    activateTenant,
    retireTenant,
    listMembers,
    listOwnTenants,
  ],
}
