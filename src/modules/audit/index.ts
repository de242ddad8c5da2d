import type { Module } from '../../operation.ts'
import { listAuditEvents } from './list-audit-events.ts'
import { AuditEvent } from './resource.ts'

export const audit: Module = { schemas: [AuditEvent], operations: [listAuditEvents] }
