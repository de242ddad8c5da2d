import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'

let database: TestDatabase
let server: ServerProcess
beforeAll(async () => {
  database = await cloneDatabase()
})
afterEach(() => server.stop('SIGKILL'))
afterAll(() => database.drop())

/** A connection that is kept, as a proxy keeps it. */
function keptConnection(url: string) {
  const { port, hostname } = new URL(url)
  const socket: Socket = connect(Number(port), hostname).setEncoding('latin1')
  let received = ''
  socket.on('data', (text: string) => {
    received += text
  })
  return {
    socket,
    async ask(): Promise<string> {
      received = ''
      socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
      await eventually(async () => received.includes('{"status":"ok"}'), 5000)
      return received
    },
  }
}

const isRefused = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { port, hostname } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true))
    socket.on('connect', () => socket.destroy())
  })

describe('SIGTERM', () => {
  it('lets nobody new in, answers who is on a kept connection, and closes that by the answer', async () => {
    server = await startProcess({ DATABASE_URL: database.url })
    const kept = keptConnection(server.url)
    expect(await kept.ask()).not.toMatch(/connection: close/i)

    const ended = server.stop('SIGTERM')
    await eventually(() => isRefused(server.url), 900)
    const last = await kept.ask()
    expect(last).toMatch(/^HTTP\/1\.1 200 /)
    expect(last).toMatch(/connection: close/i)
    expect(await ended).toBe(0)
  })

  it('does not wait for a connection on which nobody asks', async () => {
    server = await startProcess({ DATABASE_URL: database.url })
    await keptConnection(server.url).ask()
    const startedAt = performance.now()
    expect(await server.stop('SIGTERM')).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})
