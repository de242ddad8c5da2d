import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { connectionOf, idleInTransactionMs, type Limits } from './connection.ts'
import { CuttingClient } from './cutting-client.ts'

/** The one pool of this process, and Prisma on top of it. */
export type Database = {
  url: string
  pool: pg.Pool
  /** A connection beside the pool, with the same role, for short questions. */
  connect: () => Promise<pg.Client>
  prisma: PrismaClient
  close(): Promise<void>
  /** Ends what is under way in the pool, where there is no time to wait for it; then it can be closed. */
  cut(): void
}

/**
 * No wait on the database is without end: a request waits at most `connectMs` for a connection and
 * `queryMs` for an answer, and the server gives up before the client does. Who has to wait for a connection
 * twice, and then for an answer, is still answered within 5 s (ADR 22).
 */
const connectMs = 1000
const ofRequests: Limits = { queryMs: 2700, statementMs: 2500, lockMs: 2000 }
const ofWork: Limits = { queryMs: 1_800_000, statementMs: 1_790_000, lockMs: 60_000 }
/** For the connection beside the pool: who waits for a look may have to wait for the one before it, too. */
const ofLooks: Limits = { queryMs: 1500, statementMs: 1200, lockMs: 1000 }
export function openDatabase(options: {
  url: string
  poolSize: number
  onError: (error: Error) => void
  /** So many times as long a connection or a look is waited for, where the machine is busy with much else. */
  patience?: number
  /** For work that nobody waits for: statements may take minutes. */
  isForWork?: boolean
}): Database {
  const { url, poolSize, patience = 1, isForWork = false } = options
  const waitMs = connectMs * patience
  const pool = new pg.Pool({
    ...connectionOf(url, isForWork ? ofWork : ofRequests, waitMs),
    max: poolSize,
    Client: CuttingClient,
  })
  // An idle connection that breaks is replaced at the next use; without a listener it ends the process.
  pool.on('error', options.onError)
  // So does one that breaks when the pool has handed it out and its new holder doesn't listen yet: the end of the
  // connection may come in one packet with the answer that completes its start.
  pool.on('connect', (client) => client.on('error', options.onError))
  const clients = new Set<CuttingClient>()
  pool.on('connect', (client) => void clients.add(client as unknown as CuttingClient))
  pool.on('remove', (client) => void clients.delete(client as unknown as CuttingClient))

  const adapter = new PrismaPg(pool, {
    statementNameGenerator: ({ sql }) => statementName(sql),
  })
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: waitMs, timeout: idleInTransactionMs },
  })
  return {
    url,
    pool,
    prisma,
    async connect() {
      const client = new CuttingClient(connectionOf(url, longer(ofLooks, patience), waitMs))
      // As above: it is used again only after a query over it has failed.
      client.on('error', options.onError)
      await client.connect()
      return client
    },
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
    cut() {
      for (const client of clients) client.cut()
    },
  }
}

const longer = ({ queryMs, statementMs, lockMs }: Limits, patience: number): Limits => ({
  queryMs: queryMs * patience,
  statementMs: statementMs * patience,
  lockMs: lockMs * patience,
})

/**
 * Prepared under a name, PostgreSQL plans a statement once per connection and not once per call.
 * Each name is kept by every connection; beyond the bound a statement goes unnamed.
 */
const statementNames = new Map<string, string>()
const statementNamesMax = 1000

/**
 * What orders or counts goes unnamed, too: which index serves it depends on whom it asks for. Planned once for
 * the average tenant of fifty, a list of the one with fifty thousand takes seconds (ADR-0023).
 */
const dependsOnValues = /\bORDER BY\b|\bCOUNT\(/

function statementName(sql: string): string {
  if (dependsOnValues.test(sql)) return ''
  const known = statementNames.get(sql)
  if (known !== undefined) return known
  if (statementNames.size >= statementNamesMax) return ''
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 32)
  statementNames.set(sql, name)
  return name
}
