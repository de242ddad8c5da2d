import type { Module } from '../../operation.ts'
import { sendMail } from './work/send-mail.ts'
import { tellOfInvitations } from './work/tell-of-invitations.ts'

export const notices: Module = {
  schemas: [],
  operations: [],
  works: [sendMail],
  listeners: [tellOfInvitations],
}
