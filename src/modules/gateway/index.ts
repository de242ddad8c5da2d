import type { Module } from '../../operation.ts'
import { authorize } from './authorize.ts'
import { introspect } from './introspect.ts'

export const gateway: Module = { schemas: [], operations: [introspect, authorize] }
