import { join } from 'node:path'
import { spawnPostern } from '../processes/spawn-postern.ts'

const administrator = { email: 'admin@gateway.test', password: 'a password for one run only' }

export type Postern = Awaited<ReturnType<typeof startPostern>>

/** A Postern with a PostgreSQL of its own below this directory, and an administrator signed in. */
export async function startPostern(directory: string) {
  const { url, stop } = await spawnPostern({
    DATA_DIR: join(directory, 'data'),
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
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
  return { url, call, stop }
}
