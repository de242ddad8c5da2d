/** Class 08 connection, 53 resources, 57 operator intervention, 58 system; 25006 read-only, 55P03 lock time-out. */
const faultStates = /^(08|53|57|58)|^(25006|55P03|XX000)$/

/** Prisma: can't reach, timed out, connection closed, pool time-out, transaction could not start. */
const prismaFaults = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])

/** pg and Prisma's adapter throw these as plain errors, without a code. */
const faultMessages =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|[Qq]uery read timeout|Client has encountered a connection error|Cannot use a pool after calling end|not queryable|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections/

const socketFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND'])

type Fault = {
  code?: unknown
  message?: unknown
  cause?: unknown
  meta?: unknown
  kind?: unknown
}

/**
 * Was it the database that failed, rather than us? The same fault arrives in many shapes: from pg, from
 * Prisma, from Prisma's adapter inside Prisma, with a code and without.
 */
export function isDatabaseFault(error: unknown): boolean {
  return chain(error).some(({ code, message, kind }) => {
    const text = [code, kind].filter((value) => typeof value === 'string') as string[]
    return (
      text.some(
        (value) => faultStates.test(value) || prismaFaults.has(value) || socketFaults.has(value),
      ) || faultMessages.test(`${text.join(' ')} ${typeof message === 'string' ? message : ''}`)
    )
  })
}

/** Was the connection lost, in the middle of a question or before it? Whether there is a database is not said. */
export function isConnectionLoss(error: unknown): boolean {
  return chain(error).some(
    ({ code, message }) =>
      (typeof code === 'string' && lossCodes.has(code)) ||
      (typeof message === 'string' && lossMessages.test(message)),
  )
}

const lossCodes = new Set(['57P01', '08006', 'ECONNRESET', 'EPIPE'])
const lossMessages = /Connection terminated unexpectedly|Client has encountered a connection error/

/** Did a statement wait for a lock for as long as it may (`lock_timeout`)? */
export function isLockTimeout(error: unknown): boolean {
  return chain(error).some(({ code }) => code === '55P03')
}

/** A conflict between transactions that would succeed if tried again: serialisation failure, deadlock. */
export function isTransactionConflict(error: unknown): boolean {
  return chain(error).some(
    ({ code, kind, message }) =>
      code === 'P2034' ||
      code === '40001' ||
      code === '40P01' ||
      kind === 'TransactionWriteConflict' ||
      message === 'TransactionWriteConflict',
  )
}

/** The constraint that a write broke, by its name in the migrations; null for any other error. */
export function brokenConstraint(error: unknown): string | null {
  for (const { meta, message } of chain(error)) {
    const text = `${JSON.stringify(meta ?? null)} ${typeof message === 'string' ? message : ''}`
    const name = /"([a-z_]+_(?:key|fkey|check|pkey))\\?"/.exec(text)?.[1]
    if (name) return name
  }
  return null
}

/** The error, its causes and what Prisma hides in `meta.driverAdapterError`, outermost first. */
function chain(error: unknown): Fault[] {
  const found: Fault[] = []
  for (let next = error; next !== null && typeof next === 'object' && found.length < 10; ) {
    const fault = next as Fault
    found.push(fault)
    const meta = fault.meta as { driverAdapterError?: unknown } | undefined
    next = meta?.driverAdapterError ?? fault.cause
  }
  return found
}
