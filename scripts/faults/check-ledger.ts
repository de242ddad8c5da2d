import { checkHistory, type Request } from '../freshness/check-history.ts'
import type { Ledger, TokenEntry } from './ledger.ts'
import type { Remains } from './remains.ts'

export const faultKinds = [
  'acknowledged write lost',
  'acknowledged revocation undone',
  'good credential refused, or bad one let in',
  'refused write made',
  'made more than once',
  'state without its event, or event without its state',
  'more live tokens than the cap',
  'unexpected status',
  'no answer',
  'answer not in its form',
] as const

export type Fault = { kind: (typeof faultKinds)[number]; what: string }

/** Compares what was answered with what the database holds in the end. No fault: nothing was lost, undone or wrong. */
export function checkLedger(ledger: Ledger, remains: Remains): Fault[] {
  return [
    ...ledger.answers.flatMap(checkAnswer),
    ...ledger.tokens.flatMap((token) => [...checkToken(token, remains), ...checkUses(token)]),
    ...ledger.registers.flatMap(({ id, acknowledged, unknown }): Fault[] => {
      const value = remains.registers.get(id) ?? Number.NaN
      if (value === acknowledged || unknown.includes(value)) return []
      const what = `tenant ${id} is called v${value}, and v${acknowledged} was acknowledged`
      return [{ kind: 'acknowledged write lost', what }]
    }),
    ...remains.orphans.map((what): Fault => {
      return { kind: 'state without its event, or event without its state', what }
    }),
    ...remains.overfull.map((what): Fault => ({ kind: 'more live tokens than the cap', what })),
  ]
}

function checkAnswer({ question, status, expected, malformed }: Ledger['answers'][number]) {
  const faults: Fault[] = []
  if (status === 0) faults.push({ kind: 'no answer', what: question })
  else if (status !== 503 && !expected.includes(status)) {
    const what = `${question} answers ${status}, expected ${expected.join(' or ')}`
    faults.push({ kind: 'unexpected status', what })
  }
  if (malformed !== null) {
    faults.push({ kind: 'answer not in its form', what: `${question} ${status}: ${malformed}` })
  }
  return faults
}

function checkToken({ name, created, revoked }: TokenEntry, { tokens }: Remains): Fault[] {
  const rows = tokens.get(name) ?? []
  const [row] = rows
  if (rows.length > 1) return [{ kind: 'made more than once', what: `token ${name}` }]
  if (!row) {
    if (created.outcome !== 'ok') return []
    return [{ kind: 'acknowledged write lost', what: `token ${name}` }]
  }
  if (created.outcome === 'fail') return [{ kind: 'refused write made', what: `token ${name}` }]
  if (revoked?.outcome === 'ok' && !row.is_revoked) {
    return [{ kind: 'acknowledged revocation undone', what: `token ${name}` }]
  }
  if (row.is_revoked && (revoked === null || revoked.outcome === 'fail')) {
    return [{ kind: 'refused write made', what: `token ${name} is revoked` }]
  }
  return []
}

/** A revocation whose outcome is unknown may come into force at any time, or never; but then it stays. */
function checkUses({ name, created, revoked, uses }: TokenEntry): Fault[] {
  if (created.outcome !== 'ok') return []
  const end = revoked?.outcome === 'ok' ? revoked.end : Number.POSITIVE_INFINITY
  const changes = revoked ? [{ start: revoked.start, end, becomes: 'refused' as const }] : []
  const requests = uses.map(
    ({ start, end, status }): Request => ({ start, end, answer: answerOf(status), server: 0 }),
  )
  return checkHistory({ before: 'allowed', changes, requests }).map(
    ({ request, expected, lateMs }) => ({
      kind: 'good credential refused, or bad one let in',
      what: `token ${name} is ${request.answer}, expected ${expected}, ${lateMs.toFixed(1)} ms after`,
    }),
  )
}

function answerOf(status: number): Request['answer'] {
  if (status === 0 || status >= 500) return 'unavailable'
  return status < 300 ? 'allowed' : 'refused'
}
