import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerSocketError } from '../../src/http/socket-errors.ts'
import { connectTo, parseAnswer, readAnswer, sendRaw } from '../support/raw.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type RawAnswer = Awaited<ReturnType<typeof sendRaw>>

function expectEnvelope({ status, headers, body }: RawAnswer, expected: number) {
  expect({ status, body }).toEqual({
    status: expected,
    body: {
      error: expect.stringMatching(/^[a-z_]+$/),
      message: expect.any(String),
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  })
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(JSON.stringify(body))),
    'x-correlation-id': body.correlationId,
    'cache-control': 'no-store',
  })
}

const send = (...lines: string[]) => sendRaw(server.url, lines.join('\r\n'))
const get = '/api/v1/permissions HTTP/1.1'
const closing = ['connection: close', '', '']

describe('What is not HTTP', () => {
  it.each([
    ['noise', Buffer.from('\x00\x01\x02nonsense\r\n\r\n', 'latin1')],
    ['a sentence', 'hello, is anybody there?\r\n\r\n'],
    ['the hello of TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method that there is not', `STEAL ${get}\r\nhost: a\r\n\r\n`],
    ['a version that there is not', 'GET / HTTP/9.9\r\nhost: a\r\n\r\n'],
    ['a space in a header’s name', `GET ${get}\r\nhost: a\r\nx y: 1\r\n\r\n`],
    ['a NUL in a header', `GET ${get}\r\nhost: a\r\nx: \0\r\n\r\n`],
  ])('gets the envelope with 400: %s', async (_, bytes) => {
    const answer = await sendRaw(server.url, bytes)
    expectEnvelope(answer, 400)
    expect(answer.body.error).toBe('validation_error')
    expect(answer.headers['connection']).toBe('close')
  })
})

describe('HTTP that could be read in two ways', () => {
  it.each([
    ['a length and chunks', ['host: a', 'content-length: 5', 'transfer-encoding: chunked']],
    ['two lengths', ['host: a', 'content-length: 2', 'content-length: 5']],
    ['a length that is none', ['host: a', 'content-length: 5x']],
    ['a negative length', ['host: a', 'content-length: -1']],
    ['chunks in disguise', ['host: a', 'transfer-encoding: xchunked']],
    ['two hosts', ['host: a', 'host: b']],
    ['no host', ['accept: */*']],
  ])('gets the envelope with 400: %s', async (_, headers) => {
    // Of a path that anyone may read, so that nothing else is at fault.
    expectEnvelope(await send('GET /healthz HTTP/1.1', ...headers, ...closing), 400)
  })

  it('is asked for one Authorization header where it has two', async () => {
    const { as } = await server.given.admin()
    const headers = ['host: a', `authorization: Bearer ${as}`, `Authorization: Bearer ${as}`]
    expectEnvelope(await send(`GET ${get}`, ...headers, ...closing), 400)
  })

  it('does not let a second request hide in the body of the first', async () => {
    const { as } = await server.given.admin()
    const hidden = `GET ${get}\r\nhost: a\r\nauthorization: Bearer ${as}\r\n\r\n`
    const answer = await send(
      'GET /healthz HTTP/1.1',
      'host: a',
      `content-length: ${hidden.length}`,
      ...closing.slice(0, 2),
      hidden,
    )
    expect(answer).toMatchObject({ status: 200, body: { status: 'ok' } })
  })
})

describe('HTTP that asks for what is not there', () => {
  it.each([
    ['a tunnel', ['CONNECT example.com:443 HTTP/1.1', 'host: example.com:443'], [400, 404, 405]],
    ['an echo', ['TRACE / HTTP/1.1', 'host: a'], [404, 405]],
    ['the server as a whole', ['OPTIONS * HTTP/1.1', 'host: a'], [404, 405]],
    ['a WebSocket', [`GET /nowhere HTTP/1.1`, 'host: a', 'upgrade: websocket'], [404]],
    [
      'an unknown expectation',
      [`GET /nowhere HTTP/1.1`, 'host: a', 'expect: miracles'],
      [404, 417],
    ],
    ['a path without its slash', ['GET nowhere HTTP/1.1', 'host: a'], [400, 404]],
  ])('gets the envelope: %s', async (_, lines, statuses) => {
    const answer = await send(...lines, ...closing)
    expect(statuses).toContain(answer.status)
    expectEnvelope(answer, answer.status)
  })

  it('is served without a Host where it is HTTP/1.0, which has none', async () => {
    const answer = await send('GET /healthz HTTP/1.0', '', '')
    expect(answer).toMatchObject({ status: 200, body: { status: 'ok' } })
  })
})

describe('HTTP that is too much', () => {
  it('gets the envelope with 431 for headers without end', async () => {
    const answer = await send(`GET ${get}`, 'host: a', `x: ${'y'.repeat(20_000)}`, ...closing)
    expectEnvelope(answer, 431)
  })

  it('gets the envelope with 431 for a URL without end', async () => {
    const answer = await send(`GET /${'y'.repeat(20_000)} HTTP/1.1`, 'host: a', ...closing)
    expectEnvelope(answer, 431)
  })

  it('gets the envelope with 413 before a body without end has arrived', async () => {
    const answer = await send(
      'POST /api/v1/auth/login HTTP/1.1',
      'host: a',
      'content-type: application/json',
      'content-length: 999999999',
      ...closing,
    )
    expectEnvelope(answer, 413)
  })

  it('gets the envelope with 413 for chunks without end', async () => {
    const chunk = `8000\r\n${'y'.repeat(0x8000)}\r\n`
    // One byte more than the most: whatever else was sent would reset the connection, and with it the answer.
    const oneMore = '1\r\ny\r\n'
    const answer = await send(
      'POST /api/v1/auth/login HTTP/1.1',
      'host: a',
      'content-type: application/json',
      'transfer-encoding: chunked',
      'connection: close',
      '',
      chunk.repeat(8) + oneMore,
    )
    expectEnvelope(answer, 413)
  })
})

describe('HTTP that is too slow', () => {
  it('is waited for, but not for ever', () => {
    const { headersTimeout, keepAliveTimeout, timeout: silence } = server.app.server
    // For bodies see body-time.test.ts.
    for (const timeout of [headersTimeout, keepAliveTimeout, silence]) {
      expect(timeout).toBeGreaterThan(0)
      expect(timeout).toBeLessThanOrEqual(65_000)
    }
  })

  it('gets the envelope with 408', async () => {
    const socket = new PassThrough()
    const error = Object.assign(new Error('timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })

    answerSocketError(randomBytes)(error, socket as unknown as Socket)

    expectEnvelope(parseAnswer(await text(socket)), 408)
  })

  it('gets nothing where nobody is listening any more', () => {
    const error = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    for (const [fault, ended] of [
      [error, false],
      [new Error('broken'), true],
    ] as const) {
      const socket = new PassThrough()
      if (ended) socket.end()
      answerSocketError(randomBytes)(fault, socket as unknown as Socket)
      expect(socket.destroyed).toBe(true)
      expect(socket.read()).toBeNull()
    }
  })
})

describe('A server that is closing', () => {
  it('answers in full what had begun to arrive, and ends the connection', async () => {
    const own = await startServer()
    const socket = await connectTo(own.url)
    // Two in a row: the answer to the first says that the second has begun to arrive.
    socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\nGET /api/v1/me HTTP/1.1\r\nhost:')
    await once(socket, 'data')
    const closed = own.close()
    while (own.app.server.listening) await setImmediate()
    const answer = readAnswer(socket)
    socket.write(' a\r\n\r\n')

    expectEnvelope(await answer, 401)
    expect((await answer).headers['connection']).toBe('close')
    await closed
  })
})
