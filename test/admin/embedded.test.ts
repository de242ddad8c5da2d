import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { administrator } from '../support/constants.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { runAdmin, shownIn } from './run-admin.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let DATA_DIR: string
let server: ServerProcess | undefined
beforeAll(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'postern-admin-'))
  await chmod(DATA_DIR, 0o755)
})
afterAll(async () => {
  await server?.stop()
  await rm(DATA_DIR, { recursive: true, force: true, maxRetries: 10 })
})

const start = () =>
  startProcess({
    DATA_DIR,
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  })
const signInStatus = async (password: string) => {
  const body = { email: administrator.email, password }
  return (await server!.call('POST', '/auth/login', { body })).status
}

describe('npm run admin without DATABASE_URL', () => {
  it('works on the embedded database, while the server runs and while it doesn’t', async () => {
    const early = await runAdmin({ DATA_DIR }, 'create-admin', '--email', 'early@example.com')
    expect([early.code, early.stderr]).toEqual([
      1,
      expect.stringContaining('start the server once'),
    ])

    server = await start()
    const running = await runAdmin({ DATA_DIR }, 'reset-password', '--email', administrator.email)
    expect([running.code, running.stderr]).toEqual([0, ''])
    expect(await signInStatus(administrator.password)).toBe(401)
    expect(await signInStatus(shownIn(running.stdout))).toBe(200)
    await server.stop()

    const stopped = await runAdmin({ DATA_DIR }, 'reset-password', '--email', administrator.email)
    expect([stopped.code, stopped.stderr]).toEqual([0, ''])
    server = await start()
    expect(await signInStatus(shownIn(running.stdout))).toBe(401)
    expect(await signInStatus(shownIn(stopped.stdout))).toBe(200)
  })
})
