import type { Measured, Statement } from './measure.ts'
import { worstOf } from './plan-node.ts'

/** For each operation and question the caller for whom it was dearest. */
export function tableOf(measured: readonly Measured[]): string {
  const dearest = new Map<string, Measured>()
  for (const call of measured) {
    const key = `${call.operationId} ${call.query}`
    const known = dearest.get(key)
    if (!known || costOf(call) > costOf(known)) dearest.set(key, call)
  }
  const rows = [...dearest.values()].map(rowOf)
  const head =
    'operation | asked | dearest for | shown / total | ms | page: ms, buffers, worst node | total: ms, buffers'
  return [head, head.replaceAll(/[^|]+/g, '---'), ...rows].map((row) => `| ${row} |`).join('\n')
}

function rowOf(call: Measured): string {
  const counts = call.statements.filter(({ kind }) => kind === 'count' || kind === 'few')
  const pages = call.statements.filter((one) => !counts.includes(one))
  const page = dearestOf(pages)
  const count = dearestOf(counts)
  return [
    call.operationId,
    call.query.slice(0, 40),
    call.caller,
    call.status >= 400 ? `status ${call.status}` : `${call.shown ?? '-'} / ${call.total ?? '-'}`,
    call.ms.toFixed(0),
    page ? `${page.ms.toFixed(1)}, ${page.buffers}, ${worstOf(page.plan)}` : '-',
    count ? `${count.ms.toFixed(1)}, ${count.buffers}` : '-',
  ].join(' | ')
}

function dearestOf(statements: readonly Statement[]): Statement | undefined {
  return [...statements].sort((a, b) => b.buffers - a.buffers)[0]
}

function costOf({ status, statements }: Measured): number {
  if (status >= 400) return Number.POSITIVE_INFINITY
  return statements.reduce((sum, { buffers }) => sum + buffers, 0)
}
