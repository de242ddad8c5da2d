import type { Measured, Statement } from './measure.ts'

export const limits = { rows: 5000, buffers: 20000 }
export function faultsOf(measured: readonly Measured[]): string[] {
  return measured
    .filter((m) => m.status >= 400)
    .map((m) => `${m.operationId} ${m.query} ${m.caller} ${m.status}`)
}
export function reasonsUsed(_: readonly Measured[]): string[] {
  return []
}
export type X = Statement
