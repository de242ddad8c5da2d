import type { Module } from '../../operation.ts'
import { getIdentity } from './get-identity.ts'
import { listIdentities } from './list-identities.ts'
import { Identity } from './resource.ts'

export const identities: Module = {
  schemas: [Identity],
  operations: [listIdentities, getIdentity],
}
