import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './binaries.ts'

export type Postmaster = { stop(): Promise<void> }

type Options = {
  binary: string
  pgdata: string
  port: number
  account: Account | null
  logFile: string
  settings: Record<string, string>
  accepts: () => Promise<boolean>
  onCrash: (exitCode: number | null) => void
}

const startTimeoutMs = 60_000
/** After each crash that follows at once on the last, twice as long. */
const restartDelayMs = 200
const restartDelayMaxMs = 10_000

/**
 * Runs PostgreSQL beside us. Its parent is a shell that waits for either to end: when our end of
 * the pipe on descriptor 3 closes, by `stop` or because we died, it tells PostgreSQL to shut down.
 */
const keeper = `
"$@" 3<&- &
postgres=$!
{ cat <&3 >/dev/null; kill -INT $postgres; } 2>/dev/null &
wait $postgres`

/** Starts PostgreSQL, waits until it accepts connections, and starts it again whenever it dies. */
export async function supervise(options: Options): Promise<Postmaster> {
  let stopping = false
  let keeperProcess = await launch(options)

  void (async () => {
    let delayMs = restartDelayMs
    for (;;) {
      const startedAt = Date.now()
      const [exitCode] = (await exited(keeperProcess)) as [number | null]
      if (stopping) return
      options.onCrash(exitCode)
      if (Date.now() - startedAt > restartDelayMaxMs) delayMs = restartDelayMs
      await sleep(delayMs)
      if (stopping) return
      delayMs = Math.min(delayMs * 2, restartDelayMaxMs)
      keeperProcess = spawnKeeper(options)
    }
  })()

  return {
    async stop() {
      stopping = true
      const end = exited(keeperProcess)
      lifeline(keeperProcess).end()
      await end
    },
  }
}

async function launch(options: Options): Promise<ChildProcess> {
  await stopOrphan(options.pgdata)
  const child = spawnKeeper(options)
  const deadline = Date.now() + startTimeoutMs
  while (!(await options.accepts())) {
    if (hasEnded(child) || Date.now() > deadline) {
      lifeline(child).end()
      throw new Error(
        `The embedded PostgreSQL did not start:\n${readFileSync(options.logFile, 'utf8').slice(-2000)}`,
      )
    }
    await sleep(30)
  }
  return child
}

function spawnKeeper({ binary, pgdata, port, account, logFile, settings }: Options): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    log_min_error_statement: 'panic',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'a', 0o600)
  // In a process group of its own: Ctrl-C in a terminal must reach us, and PostgreSQL only after us.
  const child = spawn(
    '/bin/sh',
    ['-c', keeper, 'keeper', binary, '-D', pgdata, '-p', `${port}`, ...flags],
    {
      ...account,
      cwd: pgdata,
      detached: true,
      stdio: ['ignore', log, log, 'pipe'],
    },
  )
  closeSync(log)
  lifeline(child).on('error', () => undefined)
  child.once('exit', () => lifeline(child).destroy())
  return child
}

function lifeline(child: ChildProcess): Writable {
  return child.stdio[3] as Writable
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function exited(child: ChildProcess): Promise<unknown[]> {
  return hasEnded(child) ? [child.exitCode] : once(child, 'exit')
}

/**
 * We hold the claim on the directory, so a server that still runs on it has lost its Postern (both
 * it and the keeper were killed) or is about to stop. Only one may write there.
 */
async function stopOrphan(pgdata: string): Promise<void> {
  const pidFile = join(pgdata, 'postmaster.pid')
  const deadline = Date.now() + startTimeoutMs
  while (existsSync(pidFile) && Date.now() < deadline) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
    if (!runsOn(pid, pgdata)) return
    try {
      process.kill(pid, 'SIGINT')
    } catch {
      return // It ended by itself.
    }
    await sleep(100)
  }
}

function runsOn(pid: number, pgdata: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(pgdata)
  } catch {
    return false
  }
}
