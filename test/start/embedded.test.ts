import { readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../support/client.ts'
import { administrator } from '../support/constants.ts'
import { eventually } from '../support/eventually.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'

const environment = (DATA_DIR: string) => ({
  DATA_DIR,
  BOOTSTRAP_ADMIN_EMAIL: administrator.email,
  BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
})

let directory: string
let server: ServerProcess

async function temporaryDirectory(): Promise<string> {
  const created = await mkdtemp(join(tmpdir(), 'postern-embedded-'))
  await chmod(created, 0o755)
  return created
}

beforeAll(async () => {
  directory = await temporaryDirectory()
})
afterEach(() => server.stop('SIGKILL'))
afterAll(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }))

const postmaster = () =>
  Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const signIn = ({ call }: ServerProcess) => call('POST', '/auth/login', { body: administrator })

describe('npm start without DATABASE_URL', () => {
  it('brings up a database, an administrator and a server, and stops all of it on SIGTERM', async () => {
    server = await startProcess(environment(directory))
    const pid = postmaster()
    expect((await server.call('GET', '//readyz')).status).toBe(200)
    expect((await signIn(server)).status).toBe(200)

    expect(await server.stop('SIGTERM')).toBe(0)
    expect(runs(pid)).toBe(false)
  })

  it('keeps everything for the next start, and stops on SIGINT too', async () => {
    server = await startProcess(environment(directory))
    expect((await signIn(server)).status).toBe(200)
    expect(await server.stop('SIGINT')).toBe(0)
  })

  it('says so and stops where another process runs on the same DATA_DIR', async () => {
    server = await startProcess(environment(directory))
    const second = startProcess(environment(directory))
    await expect(second).rejects.toThrow(/ended with 1[\s\S]*already running on/)
    expect((await signIn(server)).status).toBe(200)
  })

  it('answers 503 when PostgreSQL is killed, and is back without a restart', async () => {
    server = await startProcess(environment(directory))
    const { access_token: as } = (await signIn(server)).body
    process.kill(postmaster(), 'SIGKILL')

    const answers: number[] = []
    const call = clientOf(server.url)
    await eventually(async () => {
      const answer = await call('GET', '/me', { as })
      answers.push(answer.status)
      if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('1')
      return answers.includes(503) && answer.status === 200
    })
    expect(new Set(answers)).toEqual(new Set([503, 200]))
  })

  it('takes PostgreSQL along when it is killed itself, and starts again on what is left', async () => {
    server = await startProcess(environment(directory))
    const pid = postmaster()
    await server.stop('SIGKILL')
    await eventually(async () => !runs(pid))

    server = await startProcess(environment(directory))
    expect((await signIn(server)).status).toBe(200)
  })

  it('starts at once after a kill, while the old PostgreSQL is still on its way out', async () => {
    server = await startProcess(environment(directory))
    await server.stop('SIGKILL')
    server = await startProcess(environment(directory))
    expect((await signIn(server)).status).toBe(200)
  })

  it('refuses a wrong setting and names it', async () => {
    const start = startProcess({ ...environment(directory), PORT: 'seventy', TOKEN_PREFIX: 'A' })
    await expect(start).rejects.toThrow(/PORT must be integer.*TOKEN_PREFIX must match/s)
  })
})

describe('npm start as an ordinary user', () => {
  const nobody = { uid: 65534, gid: 65534 }

  it('works like as root', async () => {
    const own = await temporaryDirectory()
    const isRoot = process.getuid?.() === 0
    if (isRoot) await chown(own, nobody.uid, nobody.gid)
    server = await startProcess(environment(own), isRoot ? nobody : null)
    expect((await signIn(server)).status).toBe(200)
    expect(await server.stop()).toBe(0)
    await rm(own, { recursive: true, force: true, maxRetries: 10 })
  })
})
