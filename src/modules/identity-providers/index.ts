import type { Module } from '../../operation.ts'
import { createIdentityProvider } from './create-identity-provider.ts'
import { deleteIdentityProvider } from './delete-identity-provider.ts'
import { EndOfSignIn } from './effect.ts'
import { getIdentityProvider } from './get-identity-provider.ts'
import { listIdentityProviders } from './list-identity-providers.ts'
import { IdentityProvider } from './resource.ts'
import { ChangedIdentityProvider, updateIdentityProvider } from './update-identity-provider.ts'

export const identityProviders: Module = {
  schemas: [EndOfSignIn, IdentityProvider, ChangedIdentityProvider],
  operations: [
    createIdentityProvider,
    listIdentityProviders,
    getIdentityProvider,
    updateIdentityProvider,
    deleteIdentityProvider,
  ],
}
