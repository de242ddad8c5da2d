import type { Module } from '../../operation.ts'
import { getApplication } from './get-application.ts'
import { ApplicationAccount, listApplicationAccounts } from './list-application-accounts.ts'
import { listApplications } from './list-applications.ts'
import { Application } from './resource.ts'

export const applications: Module = {
  schemas: [Application, ApplicationAccount],
  operations: [listApplications, getApplication, listApplicationAccounts],
}
