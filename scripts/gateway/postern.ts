import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const administrator = { email: 'admin@gateway.test', password: 'a password for one run only' }

export type Postern = Awaited<ReturnType<typeof startPostern>>

/** A Postern with a PostgreSQL of its own below this directory, and an administrator signed in. */
export async function startPostern(directory: string) {
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: join(directory, 'data'),
      PORT: '0',
      BCRYPT_COST: '10',
      BOOTSTRAP_ADMIN_EMAIL: administrator.email,
      BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      const found = /Server listening at (http:\/\/[^"]+)/.exec(output)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error(`Postern ended:\n${output}`)))
  })

  /** Calls the API, as the administrator where nobody else is named; throws where it refuses. */
  async function call(method: string, path: string, body?: unknown, as = session) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  let session = ''
  session = (await call('POST', '/auth/login', administrator)).access_token

  async function stop() {
    if (child.exitCode !== null) return
    child.kill()
    await once(child, 'exit')
  }
  return { url, call, stop }
}
