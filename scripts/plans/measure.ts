import type { Caller } from './callers.ts'
import { explainLog, type Ran } from './log.ts'
import { buffersOf, nodesOf, rowsRead } from './plan-node.ts'

export type Call = { method: string; path: string; body?: unknown }

/** What one call cost, statement by statement. */
export type Measured = {
  /** The operation, and what it was asked with. */
  operationId: string
  query: string
  caller: string
  status: number
  /** Rows answered, and of how many; null where it is no list. */
  shown: number | null
  total: number | null
  ms: number
  statements: Statement[]
}

export type Statement = Ran & {
  /** A list's total, its page, the ids of a list that is short (pageOf), or anything else. */
  kind: 'count' | 'page' | 'few' | 'other'
  buffers: number
  rows: number
  /** Tables that were read from end to end. */
  scanned: string[]
}

/** What goes on beside requests: the look at the feed, and what writes and prunes from time to time. */
const beside = /authority_changes|INTO token_usage|FROM idempotency_keys|^SELECT 1$/

/** Calls the API, one call at a time, and tells what each cost. */
export function measuring(url: string, logFile: string) {
  const read = explainLog(logFile)
  return async (
    operation: { operationId: string; query: string },
    caller: Caller,
    { method, path, body }: Call,
  ): Promise<Measured> => {
    read()
    const start = performance.now()
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${caller.as}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const ms = performance.now() - start
    const answer = text.startsWith('{') ? JSON.parse(text) : {}
    return {
      ...operation,
      caller: caller.name,
      status: response.status,
      shown: answer.data?.length ?? null,
      total: answer.total ?? null,
      ms,
      statements: read()
        .filter(({ text }) => !beside.test(text))
        .map(statementOf),
    }
  }
}

export function statementOf(ran: Ran): Statement {
  const nodes = nodesOf(ran.plan)
  const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan')
  return {
    ...ran,
    kind: kindOf(ran.text),
    buffers: buffersOf(ran.plan),
    rows: nodes.reduce((sum, node) => sum + rowsRead(node), 0),
    scanned: scans.flatMap((node) => node['Relation Name'] ?? []),
  }
}

function kindOf(text: string): Statement['kind'] {
  if (text.startsWith('SELECT COUNT(')) return 'count'
  if (/ORDER BY[^)]* LIMIT \$/.test(text)) return 'page'
  return /^SELECT "public"\."\w+"\."id" FROM/.test(text) ? 'few' : 'other'
}
