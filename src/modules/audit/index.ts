import type { Module } from '../../operation.ts'
import { AuditEvent, listAuditEvents } from './list-audit-events.ts'

export const audit: Module = { schemas: [AuditEvent], operations: [listAuditEvents] }
