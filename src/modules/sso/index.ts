import type { Module } from '../../operation.ts'
import { ExternalIdentity } from '../../sso/external-identity.ts'
import { deleteOwnExternalIdentity } from './delete-own-external-identity.ts'
import { finishSso } from './finish-sso.ts'
import { listOwnExternalIdentities } from './list-own-external-identities.ts'
import { listSsoProviders } from './list-sso-providers.ts'
import { startLinking } from './start-linking.ts'
import { startSso } from './start-sso.ts'
import { startSsoStepUp } from './start-sso-step-up.ts'

export const sso: Module = {
  schemas: [ExternalIdentity],
  operations: [
    listSsoProviders,
    startSso,
    finishSso,
    startSsoStepUp,
    startLinking,
    listOwnExternalIdentities,
    deleteOwnExternalIdentity,
  ],
}
