import type { Module } from '../../operation.ts'
import { cancelApplicationImport } from './cancel-application-import.ts'
import { confirmApplicationImport } from './confirm-application-import.ts'
import { getApplicationImport } from './get-application-import.ts'
import { listApplicationImports } from './list-application-imports.ts'
import { ApplicationImport } from './resource.ts'
import { findLeftImports } from './run/find-left-imports.ts'
import { runImport } from './run/run-import.ts'
import { stageApplicationImport } from './stage-application-import.ts'
import { uploadApplicationImport } from './upload-application-import.ts'

export const applicationImports: Module = {
  schemas: [ApplicationImport],
  operations: [
    stageApplicationImport,
    uploadApplicationImport,
    listApplicationImports,
    getApplicationImport,
    cancelApplicationImport,
    confirmApplicationImport,
  ],
  works: [runImport, findLeftImports],
}
