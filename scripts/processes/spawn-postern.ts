import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from './free-port.ts'

export type PosternProcess = { url: string; stop(): Promise<void> }

/** Starts the server, or another entry that ends in one, and waits until it answers. */
export async function spawnPostern(
  environment: Record<string, string>,
  entry: readonly string[] = ['src/server.ts'],
): Promise<PosternProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, entry, {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      BCRYPT_COST: '10',
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/healthz`).catch(() => null))) {
    if (hasEnded()) throw new Error('Postern ended at its start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    async stop() {
      if (hasEnded()) return
      child.kill()
      await once(child, 'exit')
    },
  }
}
