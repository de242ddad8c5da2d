import type { Module } from '../../operation.ts'
import { getNotices } from './get-notices.ts'
import { Notices } from './resource.ts'
import { updateNotices } from './update-notices.ts'
import { sendMail } from './work/send-mail.ts'
import { tellOfAccess } from './work/tell-of-access.ts'
import { tellOfExpiringTokens } from './work/tell-of-expiry.ts'
import { tellOfInvitations } from './work/tell-of-invitations.ts'
import { tellOfTokens } from './work/tell-of-tokens.ts'

export const notices: Module = {
  schemas: [Notices],
  operations: [getNotices, updateNotices],
  works: [sendMail, tellOfExpiringTokens],
  listeners: [tellOfInvitations, tellOfTokens, tellOfAccess],
}
