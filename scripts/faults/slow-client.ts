import { connect, type Socket } from 'node:net'

/** What a client sends at first, and then every few seconds; null: it sends no more, and reads nothing. */
export type Slowness = { name: string; first: string; more: string | null }

export type SlowClient = {
  socket: Socket
  /** With what it was cut, and when; a client that doesn't read never sees it. */
  status: number | null
  seconds: number
}

const dribbleMs = 3000

/**
 * The longest answer there is, so often that all of them fill every buffer on the way: up to 4 MB of them the
 * kernel takes, and the server has answered and is waiting for the next request.
 */
const pipelined = 12

export function slownesses(session: string): {
  header: Slowness
  body: Slowness
  reader: Slowness
} {
  const authorization = `host: x\r\nauthorization: Bearer ${session}\r\n`
  const form = 'content-type: application/json\r\ncontent-length: 1000\r\n'
  const page = 'GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'
  return {
    header: {
      name: 'header',
      first: `GET /api/v1/me HTTP/1.1\r\n${authorization}`,
      more: 'x',
    },
    body: {
      name: 'body',
      first: `POST /api/v1/me/tokens HTTP/1.1\r\n${authorization}${form}\r\n{`,
      more: ' ',
    },
    reader: { name: 'reader', first: page.repeat(pipelined), more: null },
  }
}

export function slowClient(url: string, { first, more }: Slowness): SlowClient {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const seen: SlowClient = { socket, status: null, seconds: 0 }
  const startedAt = performance.now()
  socket.on('error', () => undefined)
  socket.write(first)
  if (more === null) {
    socket.pause()
    return seen
  }
  const dribble = setInterval(() => socket.write(more), dribbleMs)
  socket.once('data', (data) => {
    seen.status = Number(data.toString('latin1').slice(9, 12))
    seen.seconds = (performance.now() - startedAt) / 1000
  })
  socket.once('close', () => clearInterval(dribble))
  return seen
}
