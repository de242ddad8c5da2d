import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { allowUpload, boundBodies, discardRest } from '../../src/http/body-time.ts'
import { answerSocketError } from '../../src/http/socket-errors.ts'
import { connectTo, readAnswer } from '../support/raw.ts'

const ms = 200
let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer({ requestTimeout: 0 }, answer)
  boundBodies(server, ms)
  server.on(
    'clientError',
    answerSocketError((size) => new Uint8Array(size)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const readAndAnswer = (request: IncomingMessage, response: ServerResponse) => {
  request.resume().on('end', () => response.end('{"done":true}'))
}

const half = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345'

describe('A body', () => {
  it.each([
    ['of a known length', half],
    ['in chunks', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n'],
  ])(
    '%s that does not come in its time is answered 408, and ends the connection',
    async (_, bytes) => {
      const socket = await listening(readAndAnswer)
      socket.write(bytes)
      const { status, body } = await readAnswer(socket)
      expect({ status, message: body.message }).toEqual({
        status: 408,
        message: 'The request took too long to arrive',
      })
    },
  )

  it('that nobody waits for any more has no longer than that either', async () => {
    const socket = await listening((_, response) => response.end('{"refused":true}'))
    socket.write(half)
    const [first] = await once(socket, 'data')
    expect(String(first)).toContain('200 OK')
    await once(socket, 'close')
  })

  it('that comes in time is answered, and so is what comes later on its connection', async () => {
    const socket = await listening(readAndAnswer)
    for (let turn = 0; turn < 2; turn += 1) {
      socket.write(half)
      socket.write('67890')
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toContain('{"done":true}')
      await new Promise((resolve) => setTimeout(resolve, ms * 1.5))
    }
    socket.destroy()
  })

  it('of an upload has more time', async () => {
    const socket = await listening((request, response) => {
      allowUpload(request)
      readAndAnswer(request, response)
    })
    socket.write(half)
    await new Promise((resolve) => setTimeout(resolve, ms * 2))
    socket.write('67890')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('{"done":true}')
    socket.destroy()
  })

  it('of an upload that was refused is thrown away, and not for long', async () => {
    const socket = await listening((request, response) => {
      allowUpload(request)
      discardRest(request, ms)
      response.end('{"refused":true}')
    })
    socket.write(half)
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('{"refused":true}')
    await once(socket, 'close')
  })
})
