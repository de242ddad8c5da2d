import type { Module } from '../../operation.ts'
import { createAccountToken } from './create-account-token.ts'
import { createOwnToken } from './create-own-token.ts'
import { deleteOwnToken } from './delete-own-token.ts'
import { getOwnToken } from './get-own-token.ts'
import { listOwnTokens } from './list-own-tokens.ts'
import { CreatedToken, Token, TokenDetail } from './resource.ts'

export const tokens: Module = {
  schemas: [CreatedToken, Token, TokenDetail],
  operations: [createOwnToken, listOwnTokens, getOwnToken, deleteOwnToken, createAccountToken],
}
