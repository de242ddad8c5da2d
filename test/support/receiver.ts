import type { IncomingMessage, ServerResponse } from 'node:http'
import { type SourceServer, startSource } from './source-server.ts'

export type Received = { path: string; headers: Record<string, string>; body: string }

/** A status, or what else it does with a request that it has read. */
type Answer = number | ((request: IncomingMessage, response: ServerResponse) => void)

export type Receiver = SourceServer & {
  /** In the order in which they came. */
  received: Received[]
  answer: Answer
  /** Nobody listens any more, but the port is kept in mind. */
  down(): Promise<void>
  up(): Promise<void>
}

/** A real server that webhooks may be sent to. It says more than anybody should be told of. */
export async function startReceiver(): Promise<Receiver> {
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      receiver.received.push({ path: request.url ?? '', headers, body })
      if (typeof receiver.answer === 'function') receiver.answer(request, response)
      else response.writeHead(receiver.answer).end('a secret of the receiver')
    })
  }
  let source = await startSource(listen, { plain: true })
  const receiver: Receiver = {
    ...source,
    connections: () => source.connections(),
    received: [],
    answer: 200,
    down: () => source.close(),
    async up() {
      source = await startSource(listen, { plain: true, port: source.port })
    },
    close: () => source.close(),
  }
  return receiver
}
