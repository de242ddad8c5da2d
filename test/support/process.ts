import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Client, clientOf, patient } from './client.ts'
import { eventually } from './eventually.ts'
import { highLimits } from './limits.ts'

export type ServerProcess = {
  url: string
  call: Client
  child: ChildProcess
  output(): string
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** The server as `npm start` runs it: a process of its own. */
export async function startProcess(
  environment: Record<string, string>,
  account: { uid: number; gid: number } | null = null,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: '0',
      ...highLimits,
      BCRYPT_COST: '10',
      LOG_LEVEL: 'info',
      // Whoever tests what is worked on says so.
      WORKER: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const { PORT } = environment
  const url = await new Promise<string>((resolve, reject) => {
    // Whoever answers on a port that was chosen for it need not be the server that it is to become.
    if (PORT !== undefined) answering(`http://127.0.0.1:${PORT}`).then(resolve, reject)
    const look = () => {
      const found = /Server listening at (http:\/\/[^"]+)/.exec(output)?.[1]
      if (found) resolve(found)
    }
    child.stdout.on('data', look)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
  return {
    url,
    call: patient(clientOf(url)),
    child,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        const end = once(child, 'exit')
        child.kill(signal)
        await end
      }
      return child.exitCode
    },
  }
}

async function answering(url: string): Promise<string> {
  const isAlive = async () => (await fetch(`${url}/healthz`).catch(() => null))?.status === 200
  await eventually(isAlive, 30_000)
  return url
}
