import type { Module } from '../../operation.ts'
import { getMe } from './get-me.ts'
import { getOwnAuthority } from './get-own-authority.ts'

export const me: Module = {
  schemas: [],
  operations: [getMe, getOwnAuthority],
}
