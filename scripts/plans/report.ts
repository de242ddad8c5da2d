import type { Measured } from './measure.ts'
import { worstOf } from './plan-node.ts'
export function tableOf(measured: readonly Measured[]): string {
  return measured
    .map((m) => {
      const w = (k: string) => {
        const s = m.statements.filter((s) => s.kind === k).sort((a, b) => b.buffers - a.buffers)[0]
        return s ? `${s.ms.toFixed(0)}ms ${s.buffers}b ${s.rows}r ${worstOf(s.plan)}` : '-'
      }
      return [
        m.operationId,
        m.query.slice(0, 30),
        m.caller,
        m.status,
        `${m.shown}/${m.total}`,
        m.ms.toFixed(0) + 'ms',
        m.statements.length,
        'P ' + w('page'),
        'C ' + w('count'),
        'O ' + w('other'),
      ].join(' | ')
    })
    .join('\n')
}
