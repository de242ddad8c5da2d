import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drainBeforeClose } from '../../src/http/drain.ts'
import { eventually } from '../support/eventually.ts'

let app: FastifyInstance
beforeEach(() => {
  app = Fastify({ return503OnClosing: false })
  app.get('/', async () => ({ status: 'ok' }))
})
afterEach(() => app.close())

async function listen(idleMs: number): Promise<number> {
  drainBeforeClose(app, idleMs)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

/** A connection that is kept, as a proxy keeps it. */
function keptConnection(port: number) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  let received = ''
  socket.on('data', (text: string) => {
    received += text
  })
  return {
    socket,
    async ask(): Promise<string> {
      received = ''
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
      await eventually(async () => received.includes('{"status":"ok"}'))
      return received
    },
  }
}

const isRefused = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true))
    socket.on('connect', () => socket.destroy())
  })

describe('A server that ends', () => {
  it('lets nobody new in, answers who is on a kept connection, and closes that by the answer', async () => {
    const port = await listen(20_000)
    const kept = keptConnection(port)
    expect(await kept.ask()).not.toMatch(/connection: close/i)

    const ended = app.close()
    await eventually(() => isRefused(port))
    const last = await kept.ask()
    expect(last).toMatch(/^HTTP\/1\.1 200 /)
    expect(last).toMatch(/connection: close/i)
    await ended
  })

  it('does not wait for a connection on which nobody asks', async () => {
    const port = await listen(50)
    const { socket, ask } = keptConnection(port)
    await ask()
    await Promise.all([app.close(), once(socket, 'close')])
  })
})
