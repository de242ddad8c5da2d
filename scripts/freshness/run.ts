import { spawnPostern } from '../processes/spawn-postern.ts'
import type { Tally } from './lane.ts'
import { runLane } from './lane.ts'
import { addCrowd } from './member.ts'
import { seededRandom } from './random.ts'
import { type Scene, scenes } from './scenes.ts'
import { type Credentials, openStage, type Stage } from './stage.ts'

export type RunOptions = {
  databaseUrl: string
  administrator: Credentials
  seed: number
  /** At least so many of both, over all scenes. */
  changes: number
  requests: number
  processes?: number
  readersPerScene?: number
  /** Which scenes; all where none are named. */
  only?: readonly string[]
  /** Another entry than the server's own. */
  entry?: readonly string[]
  /** Ends the run with the first stale answer. */
  stopAtFirst?: boolean
  /** Ends the run however much has been done. */
  limitMs: number
  onProgress?: (report: Report) => void
}

export type Report = Tally & {
  operations: number
  seconds: number
  seed: number
  scenes: Record<string, Tally>
}

const defaults = { processes: 2, readersPerScene: 2 }
const progressMs = 10_000

/** Several servers on one database, load on all of them, changes meanwhile, and the history checked. */
export async function runFreshness(options: RunOptions): Promise<Report> {
  const { databaseUrl, administrator, processes = defaults.processes } = options
  const environment = {
    DATABASE_URL: databaseUrl,
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_LIMIT_PER_MINUTE: '0',
    FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '0',
  }
  const servers = await Promise.all(
    Array.from({ length: processes }, () => spawnPostern(environment, options.entry)),
  )
  const random = seededRandom(options.seed)
  const urls = servers.map(({ url }) => url)
  const stage = await openStage({ urls, databaseUrl, administrator, random })
  try {
    await addCrowd(stage)
    return await playAll(stage, options)
  } finally {
    await stage.close()
    await Promise.all(servers.map(({ stop }) => stop()))
  }
}

async function playAll(stage: Stage, options: RunOptions): Promise<Report> {
  const { changes, requests, limitMs, readersPerScene = defaults.readersPerScene } = options
  const chosen = Object.entries(scenes).filter(([name]) => options.only?.includes(name) ?? true)
  const tallies = new Map<string, Tally>(
    chosen.map(([name]) => [name, { requests: 0, unavailable: 0, changes: 0, violations: [] }]),
  )
  const startedAt = performance.now()
  const report = () =>
    reportOf(tallies, stage, options.seed, (performance.now() - startedAt) / 1000)
  let failed = false
  const isOver = () => {
    if (failed || performance.now() - startedAt > limitMs) return true
    const soFar = report()
    if (options.stopAtFirst && soFar.violations.length > 0) return true
    return soFar.changes >= changes && soFar.requests >= requests
  }
  const requestsPerChange = Math.ceil(requests / changes)
  const play = ([name, scene]: [string, Scene]) =>
    runLane(scene, {
      stage,
      readers: readersPerScene,
      requestsPerChange,
      isOver,
      tally: tallies.get(name)!,
    }).catch((error: Error) => {
      failed = true
      throw new Error(`${name}: ${error.message}`, { cause: error })
    })
  const progress = setInterval(() => options.onProgress?.(report()), progressMs)
  const release = holdTransactionsOpen(stage)
  try {
    const results = await Promise.allSettled(chosen.map(play))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  } finally {
    clearInterval(progress)
    await release()
  }
  return report()
}

function reportOf(
  tallies: ReadonlyMap<string, Tally>,
  stage: Stage,
  seed: number,
  seconds: number,
): Report {
  const all = [...tallies.values()]
  const sum = (count: (tally: Tally) => number) => all.reduce((total, one) => total + count(one), 0)
  const requests = sum((one) => one.requests)
  return {
    seed,
    seconds,
    requests,
    operations: requests + stage.calls(),
    changes: sum((one) => one.changes),
    unavailable: sum((one) => one.unavailable),
    violations: all.flatMap(({ violations }) => violations),
    scenes: Object.fromEntries(tallies),
  }
}

const openMs = 700

/** All the while somebody else's transaction is open, older than the changes that commit before it. */
function holdTransactionsOpen({ sql }: Stage): () => Promise<void> {
  let isOpen = true
  const holding = (async () => {
    while (isOpen) {
      await sql(`DO $$ BEGIN
        PERFORM pg_current_xact_id();
        PERFORM pg_sleep(${openMs / 1000});
      END $$`)
    }
  })()
  return () => {
    isOpen = false
    return holding
  }
}
