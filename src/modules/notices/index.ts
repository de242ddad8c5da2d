import type { Module } from '../../operation.ts'
import { getNotices } from './get-notices.ts'
import { Notices } from './resource.ts'
import { sendMail } from './run/send-mail.ts'
import { tellOfAccess } from './run/tell-of-access.ts'
import { tellOfExpiringTokens } from './run/tell-of-expiry.ts'
import { tellOfFactors } from './run/tell-of-factors.ts'
import { tellOfInvitations } from './run/tell-of-invitations.ts'
import { tellOfTokens } from './run/tell-of-tokens.ts'
import { updateNotices } from './update-notices.ts'

export const notices: Module = {
  schemas: [Notices],
  operations: [getNotices, updateNotices],
  works: [sendMail, tellOfExpiringTokens],
  listeners: [tellOfInvitations, tellOfTokens, tellOfAccess, tellOfFactors],
}
