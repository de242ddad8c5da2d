import type { Module } from '../../operation.ts'
import { beginScheduledImport } from './begin-scheduled-import.ts'
import { createApplication } from './create-application.ts'
import { getApplication } from './get-application.ts'
import { ApplicationAccount, listApplicationAccounts } from './list-application-accounts.ts'
import { listApplications } from './list-applications.ts'
import { Application } from './resource.ts'
import { updateApplication } from './update-application.ts'

export const applications: Module = {
  schemas: [Application, ApplicationAccount],
  operations: [
    createApplication,
    listApplications,
    getApplication,
    updateApplication,
    listApplicationAccounts,
  ],
  works: [beginScheduledImport],
}
