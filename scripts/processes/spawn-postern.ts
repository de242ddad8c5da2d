import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { freePort } from './free-port.ts'

export type PosternProcess = {
  url: string
  child: ChildProcess
  /** With SIGTERM, where no other signal is named; the exit code, null where a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts the server, or another entry that ends in one, and waits until it answers. With a `logFile`, all
 * that it writes goes there; without one, its errors come out here.
 */
export async function spawnPostern(
  environment: Record<string, string>,
  entry: readonly string[] = ['src/server.ts'],
  logFile?: string,
): Promise<PosternProcess> {
  const port = Number(environment['PORT'] ?? (await freePort()))
  const log = logFile === undefined ? null : openSync(logFile, 'a')
  const child = spawn(process.execPath, entry, {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: String(port),
      BCRYPT_COST: '10',
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', log ?? 'ignore', log ?? 'inherit'],
  })
  if (log !== null) closeSync(log)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/healthz`).catch(() => null))) {
    if (hasEnded()) throw new Error('Postern ended at its start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    child,
    async stop(signal = 'SIGTERM') {
      if (hasEnded()) return child.exitCode
      child.kill(signal)
      await once(child, 'exit')
      return child.exitCode
    },
  }
}
