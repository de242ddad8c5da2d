import type { PosternProcess } from '../processes/spawn-postern.ts'
import { checkLedger, type Fault, faultKinds } from './check-ledger.ts'
import type { Ledger } from './ledger.ts'
import type { Remains } from './remains.ts'
import { exactly, type Figure, told } from './scenario.ts'

const shown = 5
const ofAnswers = ['unexpected status', 'no answer', 'answer not in its form'] as const

/**
 * What a ledger shows: how much was asked, and of each kind of fault how many. None is the target, but for
 * the kinds that are the scenario's own doing.
 */
export function ledgerFigures(
  ledger: Ledger,
  remains: Remains,
  ownDoing: readonly Fault['kind'][] = [],
): Figure[] {
  const faults = checkLedger(ledger, remains)
  const { answers, tokens, registers } = ledger
  // Where nothing is written, nothing can be lost.
  const isWritten = tokens.length > 0
  const kinds = isWritten ? faultKinds : ofAnswers
  const settled = tokens.filter(({ created }) => created.outcome === 'ok').length
  const ended = tokens.filter(({ revoked }) => revoked?.outcome === 'ok').length
  const renamed = registers.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  return [
    told('requests', answers.length),
    told('answered 503', answers.filter(({ status }) => status === 503).length),
    ...(isWritten ? [told('tokens made, ended', `${settled}, ${ended}`)] : []),
    ...(isWritten ? [told('renamed', renamed)] : []),
    ...kinds.map((kind): Figure => {
      const found = faults.filter((fault) => fault.kind === kind)
      if (ownDoing.includes(kind)) return told(kind, found.length)
      const examples = found.slice(0, shown).map(({ what }) => `\n    ${what}`)
      return {
        what: kind,
        measured: `${found.length}${examples.join('')}`,
        target: '0',
        reached: found.length === 0,
      }
    }),
  ]
}

export const slowestMs = ({ answers }: Ledger): number =>
  answers.reduce((slowest, { ms }) => Math.max(slowest, ms), 0)

/** How long after a moment the last request began that was answered 503; 0 where none did. */
export function last503Ms({ answers }: Ledger, moment: number): number {
  const after = answers.filter(({ status, start }) => status === 503 && start > moment)
  return Math.max(0, ...after.map(({ start }) => (start - moment) / 1e6))
}

/** Healed without a restart: the process that was there at first is there in the end. */
export const sameProcess = ({ child }: PosternProcess): Figure =>
  exactly('the process ended', 'no', child.exitCode === null ? 'no' : 'yes')
