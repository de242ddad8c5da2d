import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { isDatabaseFault, isTransactionConflict } from '../../src/db/faults.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more })
const fromAdapter = (cause: object) => coded('P2010', { meta: { driverAdapterError: { cause } } })

const faults: [string, unknown][] = [
  ...[
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'DatabaseNotReachable',
    'SocketTimeout',
  ].map((message): [string, unknown] => [`an error that says ${message}`, new Error(message)]),
  ...[
    ['08006', 'connection failure'],
    ['08P01', 'protocol violation'],
    ['25006', 'read-only transaction'],
    ['53300', 'too many connections'],
    ['53100', 'disk full'],
    ['55P03', 'lock not available'],
    ['57014', 'statement timeout'],
    ['57P01', 'administrator shutdown'],
    ['57P03', 'starting up'],
    ['58030', 'input/output error'],
    ['XX000', 'internal error'],
    ['P1001', 'unreachable'],
    ['P1002', 'timed out'],
    ['P1008', 'operation timed out'],
    ['P1017', 'connection closed'],
    ['P2024', 'pool time-out'],
    ['P2028', 'transaction not started'],
    ['P2037', 'too many connections'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'reset'],
    ['ETIMEDOUT', 'timed out'],
    ['EPIPE', 'broken pipe'],
    ['ENOTFOUND', 'no such host'],
  ].map(([code = '', what]): [string, unknown] => [`the code ${code}, ${what}`, coded(code)]),
  ['a code inside Prisma’s adapter error', fromAdapter({ code: '57P01' })],
  ['an originalCode-less kind inside it', fromAdapter({ kind: 'DatabaseNotReachable' })],
  ['a kind of closed connection inside it', fromAdapter({ kind: 'ConnectionClosed' })],
  ['a kind of too many connections inside it', fromAdapter({ kind: 'TooManyConnections' })],
  ['a plain error inside it', fromAdapter(new Error('Connection terminated unexpectedly'))],
  [
    'an adapter error without a cause',
    coded('P2010', { meta: { driverAdapterError: coded('53300') } }),
  ],
  ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: coded('57P01') }) })],
  [
    'several refused connections at once',
    Object.assign(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]), {
      code: 'ECONNREFUSED',
    }),
  ],
]

const ours: [string, unknown][] = [
  ...['23505', '23503', '23514', '42501', '42703', '22P02', '40001', '40P01'].map(
    (code): [string, unknown] => [`the code ${code}`, coded(code)],
  ),
  ...['P2002', 'P2003', 'P2025', 'P2034'].map((code): [string, unknown] => [code, coded(code)]),
  ['a unique violation inside Prisma’s adapter error', fromAdapter({ code: '23505' })],
  ['a TypeError', new TypeError('Cannot read properties of undefined')],
  ['a plain error', new Error('Something else')],
  ['a number for a code', coded(57 as never)],
  ['a text', 'ECONNREFUSED'],
  ['null', null],
  ['undefined', undefined],
]

describe('isDatabaseFault', () => {
  it.each(faults)('recognises %s', (_, error) => {
    expect(isDatabaseFault(error)).toBe(true)
  })

  it.each(ours)('leaves alone %s', (_, error) => {
    expect(isDatabaseFault(error)).toBe(false)
  })

  it.each(['127.0.0.1', 'localhost'])(
    'recognises what pg throws where %s refuses',
    async (host) => {
      const client = new pg.Client({ host, port: 1, user: 'nobody', database: 'none' })
      const error = await client.connect().then(
        () => null,
        (thrown) => thrown,
      )
      expect(isDatabaseFault(error)).toBe(true)
    },
  )

  it('comes to an end on a chain of causes that leads back to itself', () => {
    const first: Error & { cause?: unknown } = new Error('first')
    first.cause = new Error('second', { cause: first })
    expect(isDatabaseFault(first)).toBe(false)
  })
})

describe('isTransactionConflict', () => {
  it.each([
    ['P2034', coded('P2034')],
    ['a serialisation failure', coded('40001')],
    ['a deadlock', coded('40P01')],
    ['the adapter’s kind', fromAdapter({ kind: 'TransactionWriteConflict' })],
  ])('recognises %s', (_, error) => {
    expect(isTransactionConflict(error)).toBe(true)
  })

  it.each([
    ['a unique violation', coded('23505')],
    ['a lost connection', coded('57P01')],
  ])('leaves alone %s', (_, error) => {
    expect(isTransactionConflict(error)).toBe(false)
  })
})
