import type { Module } from '../../operation.ts'
import { blockToken } from './block-token.ts'
import { createAccountToken } from './create-account-token.ts'
import { createOwnToken } from './create-own-token.ts'
import { createSystemToken } from './create-system-token.ts'
import { deleteOwnToken } from './delete-own-token.ts'
import { deleteSystemToken } from './delete-system-token.ts'
import { deleteUserToken } from './delete-user-token.ts'
import { getOwnToken } from './get-own-token.ts'
import { getOwnTokenPolicy } from './get-own-token-policy.ts'
import { getUserToken } from './get-user-token.ts'
import { listOwnTokens } from './list-own-tokens.ts'
import { listSystemTokens } from './list-system-tokens.ts'
import { listTenantTokens } from './list-tenant-tokens.ts'
import { listUserTokens } from './list-user-tokens.ts'
import { CreatedToken, Token, TokenDetail } from './resource.ts'
import { TenantBlock, TenantToken } from './tenant-token.ts'
import { unblockToken } from './unblock-token.ts'

export const tokens: Module = {
  schemas: [CreatedToken, Token, TokenDetail, TenantBlock, TenantToken],
  operations: [
    createOwnToken,
    listOwnTokens,
    getOwnToken,
    getOwnTokenPolicy,
    deleteOwnToken,
    createAccountToken,
    listUserTokens,
    getUserToken,
    deleteUserToken,
    listTenantTokens,
    blockToken,
    unblockToken,
    createSystemToken,
    listSystemTokens,
    deleteSystemToken,
  ],
}
