import { spawnSync } from 'node:child_process'
import { authorizePath } from '../load/requests.ts'
import type { BenchDatabase } from '../seed/database.ts'
import { type BenchServer, startServer } from './start.ts'

type Name =
  | 'bare'
  | 'postern'
  | 'bareLogging'
  | 'posternLogging'
  | 'naive'
  | 'prepared'
  | 'coalesced'
export type Servers = Record<Name, BenchServer> & {
  /** What the bare server answers, for others that are to answer the same. */
  answers: string
}

/** Limits that are counted and never reached. */
const limits = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '1000000',
}

/** All of them before anything is measured: what one takes while it idles, it takes from all alike. */
export async function startServers({ url, asked }: BenchDatabase): Promise<Servers> {
  const database = { DATABASE_URL: url }
  const guarded = (READER: string) =>
    startServer('bench/servers/guarded.ts', { ...database, READER, LOG_LEVEL: 'warn' })
  const product = (LOG_LEVEL: string) =>
    startServer('src/server.ts', { ...database, ...limits, LOG_LEVEL })
  const postern = await product('warn')
  const ANSWERS = JSON.stringify(await answersOf(postern, asked[0]))
  const bare = (LOG_LEVEL: string) => startServer('bench/servers/bare.ts', { ANSWERS, LOG_LEVEL })
  return {
    answers: ANSWERS,
    postern,
    posternLogging: await product('info'),
    bare: await bare('warn'),
    bareLogging: await bare('info'),
    naive: await guarded('naive'),
    prepared: await guarded('prepared'),
    coalesced: await guarded('coalesced'),
  }
}

/** What Postern answers to one request, so that the bare server answers the same. */
async function answersOf(postern: BenchServer, asked: BenchDatabase['asked'][number] | undefined) {
  if (!asked) throw new Error('No tokens')
  const headers = { authorization: `Bearer ${asked.token}` }
  const authorize = await fetch(postern.url + authorizePath(asked), { headers })
  const me = await fetch(`${postern.url}/api/v1/me`, { headers })
  if (authorize.status !== 204 || me.status !== 200)
    throw new Error('The seed is not as it should be')
  const own = new Set(['date', 'connection', 'keep-alive', 'content-length', 'content-type'])
  const given = [...authorize.headers].filter(([name]) => !own.has(name))
  return { headers: Object.fromEntries(given), me: await me.json() }
}

export async function stopServers(servers: Servers): Promise<void> {
  const { answers: _, ...running } = servers
  await Promise.all(Object.values(running).map((server) => server.stop()))
}

/** For the report. */
export function machine(): string {
  const cpu = spawnSync('sh', [
    '-c',
    'lscpu | sed -n "s/^Model name: *//p"; nproc; free -g | sed -n "s/^Mem: *//p"',
  ])
  const [model, cores, memory] = cpu.stdout.toString().trim().split('\n')
  return `${cores} cores of ${model}, ${memory?.split(/\s+/)[0]} GiB, node ${process.version}`
}
