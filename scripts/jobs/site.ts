import { join } from 'node:path'
import { freePort } from '../processes/free-port.ts'
import { type PosternProcess, spawnPostern } from '../processes/spawn-postern.ts'
import type { Options } from './scenario.ts'

/** Processes that serve and work, and a token that may do everything. */
export type Site = {
  posterns: PosternProcess[]
  /** Kills a process in whatever it does, and starts it anew on its port. */
  killAndRestart(index?: number): Promise<void>
  /** Calls a process; throws where there is no answer, or one that is no success. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is what the caller asks for
  call(method: string, path: string, body?: unknown, index?: number): Promise<any>
  close(): Promise<void>
}

export async function openSite(options: Options, processes = 1): Promise<Site> {
  const { administrator, directory } = options
  const ports: string[] = []
  const posterns: PosternProcess[] = []
  const spawn = (port: string) => spawnPostern(environmentOf(options, port), undefined, log)
  const log = join(directory, 'postern.log')
  for (let index = 0; index < processes; index += 1) {
    const port = String(await freePort())
    ports.push(port)
    posterns.push(await spawn(port))
  }
  let token = ''
  const call: Site['call'] = async (method, path, body, index = 0) => {
    const isForm = body instanceof FormData
    const response = await fetch(`${posterns[index]?.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    return answer === '' ? null : JSON.parse(answer)
  }
  token = (await call('POST', '/auth/login', administrator)).access_token
  const name = `jobs ${Date.now()}`
  token = (await call('POST', '/system/tokens', { name, expires_at: null })).token
  return {
    posterns,
    call,
    async killAndRestart(index = 0) {
      await posterns[index]?.stop('SIGKILL')
      posterns[index] = await spawn(ports[index] ?? '')
    },
    async close() {
      await Promise.all(posterns.map((postern) => postern.stop('SIGKILL')))
    },
  }
}

const environmentOf = ({ databaseUrl, administrator }: Options, port: string) => ({
  DATABASE_URL: databaseUrl,
  PORT: port,
  BOOTSTRAP_ADMIN_EMAIL: administrator.email,
  BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  RATE_LIMIT_PER_MINUTE: '0',
  SIGN_IN_LIMIT_PER_MINUTE: '0',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '0',
})
