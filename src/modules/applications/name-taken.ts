import { brokenConstraint } from '../../db/faults.ts'
import { conflict } from '../../http/errors.ts'

/** 409 for what the database refuses because of another application's name. */
export function nameTaken(error: unknown): never {
  if (brokenConstraint(error) !== 'applications_tenant_id_name_key') throw error
  throw conflict('There is an application with this name in the tenant', 'name')
}
