import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What one sample of load saw; times in microseconds. */
export type Load = {
  requests: number
  microseconds: number
  /** Answers with a status of 400 or more. */
  refused: number
  /** Connections that failed, and answers that did not arrive. */
  broken: number
  p50: number
  p99: number
}

/** wrk costs a fraction of what a client in JavaScript would take of the CPU that is being measured. */
export function requireWrk(): void {
  try {
    execFileSync('which', ['wrk'], { stdio: 'ignore' })
  } catch {
    throw new Error('wrk is missing. Install it (Debian: apt-get install wrk) and run this again.')
  }
}

export async function sendLoad(
  url: string,
  requests: string,
  connections: number,
  seconds: number,
): Promise<Load> {
  const { stdout } = await promisify(execFile)(
    'wrk',
    [
      '--threads=1',
      `--connections=${connections}`,
      `--duration=${seconds}s`,
      '--timeout=10s',
      `--script=${join(import.meta.dirname, 'requests.lua')}`,
      url,
    ],
    { env: { PATH: process.env['PATH'] ?? '', BENCH_REQUESTS: requests } },
  )
  const result = /^RESULT (.*)$/m.exec(stdout)?.[1]
  if (result === undefined) throw new Error(`wrk said:\n${stdout}`)
  return JSON.parse(result) as Load
}
