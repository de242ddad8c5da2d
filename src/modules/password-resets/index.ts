import type { Module } from '../../operation.ts'
import { beginPasswordReset } from './begin-password-reset.ts'
import { confirmPasswordReset } from './confirm-password-reset.ts'
import { requestPasswordReset } from './request-password-reset.ts'

export const passwordResets: Module = {
  schemas: [],
  operations: [requestPasswordReset, confirmPasswordReset],
  works: [beginPasswordReset],
}
