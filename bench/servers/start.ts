import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server under measurement: a process of its own, whose CPU time is its own. */
export type BenchServer = { url: string; pid: number; stop(): Promise<void> }

/** However this process ends, none of them is left. */
const started = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of started) child.kill()
})

const startTimeoutMs = 60_000

/** Starts `file` with node and waits until `path` answers. What it logs goes nowhere, and is written all the same. */
export async function startServer(
  file: string,
  environment: Record<string, string>,
  path = '/healthz',
): Promise<BenchServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...nodeOptions(), file], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      PORT: `${port}`,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  started.add(child)
  const deadline = Date.now() + startTimeoutMs
  while (!(await answers(url + path))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${file} did not start`)
    await sleep(50)
  }
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** BENCH_NODE_OPTIONS=--cpu-prof profiles every server that is started. */
const nodeOptions = () => process.env['BENCH_NODE_OPTIONS']?.split(' ').filter(Boolean) ?? []

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const socket = createServer()
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise((resolve) => socket.close(resolve))
  return port
}
