import { setTimeout as sleep } from 'node:timers/promises'
import { type Load, sendLoad } from '../load/wrk.ts'
import type { BenchDatabase } from '../seed/database.ts'
import type { BenchServer } from '../servers/start.ts'
import { cpuOf, cpuOfMachine, cpuOfTree } from './cpu.ts'
import { countStatements, resetStatements } from './statements.ts'

/** One thing that is measured. */
export type Row = {
  name: string
  /** The row of the same group that it is compared with. */
  base: string
  server: BenchServer
  /** The file of requests. */
  requests: string
  connections: number
  /** Are all answers refusals, as they should be? */
  isRefused?: boolean
  /** Runs before each sample. */
  before?: () => Promise<unknown>
  /** Runs while load is sent, until it is told to stop. */
  beside?: () => () => Promise<unknown>
}

export type Sample = Load & {
  perSecond: number
  /** CPU time in microseconds per request. */
  node_us: number
  pg_us: number
  queries: number
  /** CPUs that neither this benchmark nor what it measures has used. */
  strangers: number
}

/** What the sample before left on its way has arrived by then, and is not counted here. */
const settleMs = 150

/** Runs one row once. Throws where an answer was not as it should be: then nothing was measured. */
export async function takeSample(
  { name, server, requests, connections, isRefused = false, before, beside }: Row,
  { client, pid }: BenchDatabase,
  seconds: number,
): Promise<Sample> {
  await sleep(settleMs)
  await before?.()
  await resetStatements(client)
  const start = readClocks(server.pid, pid)
  const stop = beside?.()
  const load = await sendLoad(server.url, requests, connections, seconds)
  await stop?.()
  const used = since(start, readClocks(server.pid, pid))
  const { ofRequests } = await countStatements(client)
  const expected = isRefused ? load.requests : 0
  // wrk counts what is under way at the end in one and not the other.
  if (Math.abs(load.refused - expected) > connections || load.broken > 0 || load.requests === 0) {
    throw new Error(`${name}: ${JSON.stringify(load)}, where ${expected} refusals were due`)
  }
  return {
    ...load,
    perSecond: (load.requests / load.microseconds) * 1e6,
    node_us: used.node / load.requests,
    pg_us: used.pg / load.requests,
    queries: ofRequests / load.requests,
    strangers: Math.max(0, (used.machine - used.ours) / used.wall),
  }
}

type Clocks = { node: number; pg: number; ours: number; machine: number; wall: number }

function readClocks(serverPid: number, postgresPid: number): Clocks {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const [node, pg] = [cpuOf(serverPid), cpuOfTree(postgresPid)]
  // Our tree holds wrk, which has ended when this is read the second time, and the servers.
  const ours = userCPUTime + systemCPUTime + cpuOfTree(process.pid) - cpuOf(process.pid) + pg
  return { node, pg, ours, machine: cpuOfMachine(), wall: performance.now() * 1000 }
}

function since(from: Clocks, to: Clocks): Clocks {
  const names = Object.keys(from) as (keyof Clocks)[]
  return Object.fromEntries(names.map((key) => [key, to[key] - from[key]])) as Clocks
}
