import type { Measured, Statement } from './measure.ts'

/** A page of at most a hundred rows, and what is neither page nor total, may look at this much. */
const pageMax = { rows: 15_000, buffers: 25_000 }

/** Tables of a few dozen pages, which are sooner read from end to end than looked up row by row. */
const small = ['roles', 'permissions', 'settings', 'signing_keys', 'tenants']

/** Why something may look at more, beside the operations that it is true of. */
type Reason = { why: string; holds: (call: Measured, statement: Statement) => boolean }

const of = (operations: RegExp, queries: RegExp) => (call: Measured) =>
  operations.test(call.operationId) && queries.test(call.query)

const reasons: Reason[] = [
  {
    why: 'an exact total looks at each row that it counts, and finding a few among many costs what counting them does',
    holds: (_, { kind }) => kind === 'count' || kind === 'few',
  },
  {
    why: 'far from either end, a page walks past what is before it',
    holds: of(/^list/, /^page=(1000|20000)$/),
  },
  {
    why: 'fewer than three letters are in no index of searches, so a list is walked until the page is full',
    holds: of(/^list/, /^search=xa$/),
  },
  {
    why: 'no index has the tokens of a tenant by name or expiry: they are sorted anew, which costs what their total does',
    holds: of(/^listTenantTokens$/, /^sort=-?(name|expires_at)$/),
  },
  {
    why: 'a token is found by its name or its owner’s: each token of the tenant is looked at',
    holds: of(/^listTenantTokens$/, /^search=/),
  },
  {
    why: 'an index for searches would cost an import of a million accounts more than it gives: those of the application are looked at',
    holds: of(/^listApplicationAccounts$/, /^search=/),
  },
  {
    why: 'whose an account is, is no column: accounts are matched until the page is full',
    holds: of(/^listApplicationAccounts$/, /^is_matched=/),
  },
  {
    why: 'how many tokens a setting concerns is counted once, when an administrator changes it',
    holds: of(/^updateSettings$/, /^/),
  },
  {
    why: 'what a change takes is told of each token that it touches',
    holds: of(/^(suspendTenant|updateRole)$/, /^dry_run/),
  },
]

const isTooMuch = ({ rows, buffers, scanned }: Statement): boolean =>
  rows > pageMax.rows ||
  buffers > pageMax.buffers ||
  (rows > 1000 && scanned.some((table) => !small.includes(table)))

/** What is not as it should be: an answer that failed, and what looks at too much without a reason. */
export function faultsOf(measured: readonly Measured[]): string[] {
  return measured.flatMap((call) => {
    const name = `${call.operationId} ${call.query} as ${call.caller}`
    const failed = call.status >= 400 ? [`${name}: ${call.status}`] : []
    const heavy = call.statements
      .filter((one) => isTooMuch(one) && !reasons.some(({ holds }) => holds(call, one)))
      .map((one) => `${name}: ${one.rows} rows, ${one.buffers} buffers: ${one.text.slice(0, 200)}`)
    return [...failed, ...heavy]
  })
}

/** For each reason the dearest statement that it excuses. One that excuses nothing should go. */
export function reasonsUsed(measured: readonly Measured[]): string[] {
  return reasons.map(({ why, holds }) => {
    const excused = measured.flatMap((call) =>
      call.statements
        .filter((one) => isTooMuch(one) && holds(call, one))
        .map((one) => ({ call, one })),
    )
    const [dearest] = excused.sort((a, b) => b.one.ms - a.one.ms)
    if (!dearest) return `Excuses nothing: ${why}`
    const { call, one } = dearest
    return (
      `Excuses ${excused.length} statements: ${why}. At most ${one.ms.toFixed(0)} ms, ${one.rows} rows, ` +
      `${one.buffers} buffers (${call.operationId} ${call.query} as ${call.caller})`
    )
  })
}
