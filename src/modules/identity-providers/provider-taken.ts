import { brokenConstraint } from '../../db/faults.ts'
import { conflict } from '../../http/errors.ts'

/** 409 for what the database refuses because of another provider. */
export function providerTaken(error: unknown): never {
  const broken = brokenConstraint(error)
  if (broken === 'identity_providers_name_key') {
    throw conflict('There is an identity provider of this name', 'name')
  }
  if (broken === 'identity_providers_issuer_key') {
    throw conflict('There is an identity provider with this issuer', 'issuer')
  }
  throw error
}
