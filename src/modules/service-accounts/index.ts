import type { Module } from '../../operation.ts'
import { activateServiceAccount } from './activate-service-account.ts'
import { createServiceAccount } from './create-service-account.ts'
import { deactivateServiceAccount } from './deactivate-service-account.ts'
import { deleteServiceAccount } from './delete-service-account.ts'
import { getServiceAccount } from './get-service-account.ts'
import { listServiceAccounts } from './list-service-accounts.ts'
import { ServiceAccount } from './resource.ts'
import { updateServiceAccount } from './update-service-account.ts'

export const serviceAccounts: Module = {
  schemas: [ServiceAccount],
  operations: [
    createServiceAccount,
    listServiceAccounts,
    getServiceAccount,
    updateServiceAccount,
    deleteServiceAccount,
    deactivateServiceAccount,
    activateServiceAccount,
  ],
}
