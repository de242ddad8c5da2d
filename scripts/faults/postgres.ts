import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, startCluster } from '../../src/db/embedded/cluster.ts'
import { moment } from '../freshness/connection.ts'

/** A PostgreSQL of this run's own, with a hand on its processes. */
export type Postgres = {
  url: string
  /** As the owner, over a connection that is closed again. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** Kills the postmaster; its supervisor starts it again. */
  kill(): void
  /** The postmaster and all its children, stopped and continued by the kernel. */
  freeze(): void
  thaw(): void
  /** Resolves with the moment when it takes connections again. */
  accepts(): Promise<number>
  stop(): Promise<void>
}

const database = 'faults'

/** Durable as in production; each cluster has a directory of its own. */
export async function startPostgres(
  directory: string,
  settings: Record<string, string> = {},
): Promise<Postgres> {
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, 0o755)
  const cluster: Cluster = await startCluster({
    dataDirectory: directory,
    settings: { fsync: 'on', ...settings },
    onCrash: () => undefined,
  })
  await cluster.ensureDatabase(database)
  const url = cluster.url(database)
  const pgdata = join(directory, 'postgres')
  await requireOwn(url, pgdata)
  return {
    url,
    sql: (text, values) => query(url, text, values),
    kill: () => process.kill(postmasterOf(pgdata), 'SIGKILL'),
    freeze: () => signalAll(pgdata, 'SIGSTOP'),
    thaw: () => signalAll(pgdata, 'SIGCONT'),
    accepts: () => accepting(url),
    stop: () => cluster.stop(),
  }
}

/** Whoever kills must know whom: the server behind this URL is the one in our own directory. */
async function requireOwn(url: string, pgdata: string): Promise<void> {
  const [row] = await query<{ data_directory: string }>(url, 'SHOW data_directory')
  if (row?.data_directory !== pgdata) throw new Error(`${row?.data_directory} is not ${pgdata}`)
  postmasterOf(pgdata)
}

function postmasterOf(pgdata: string): number {
  const pid = Number(readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n')[0])
  const runsHere = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(pgdata)
  if (!runsHere) throw new Error(`${pid} is no PostgreSQL of ${pgdata}`)
  return pid
}

/** The postmaster first, so that it starts nobody meanwhile, and last when they go on. */
function signalAll(pgdata: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const postmaster = postmasterOf(pgdata)
  const children = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
      .map(Number)
  if (signal === 'SIGSTOP') process.kill(postmaster, signal)
  for (const pid of children()) process.kill(pid, signal)
  if (signal === 'SIGCONT') process.kill(postmaster, signal)
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0 // It has ended.
  }
}

async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function accepting(url: string): Promise<number> {
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    const isUp = await query(url, 'SELECT 1').then(
      () => true,
      () => false,
    )
    if (isUp) return moment()
    await sleep(20)
  }
  throw new Error('PostgreSQL takes no connections for a minute')
}
