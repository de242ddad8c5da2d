import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

type RawAnswer = {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it expects to be there
  body: any
}

/** Sends bytes as they are, for what no HTTP client would send, and reads until the server hangs up. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = await connectTo(url)
  socket.write(bytes)
  return readAnswer(socket)
}

export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // A server that refuses closes while we may still be writing.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  await once(socket, 'close')
  return parseAnswer(text)
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(': ')
    return [name.toLowerCase(), value.join(': ')]
  })
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: body.startsWith('{') ? JSON.parse(body) : body,
  }
}
