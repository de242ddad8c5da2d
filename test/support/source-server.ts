import type { RequestListener } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { certificate, key } from './tls.ts'

export type SourceServer = {
  port: number
  url: string
  /** How many have connected so far. */
  connections(): number
  close(): Promise<void>
}

/** A real server that imports may fetch from; with TLS unless it is `plain`. */
export async function startSource(
  answer: RequestListener,
  { address = '127.0.0.1', plain = false } = {},
): Promise<SourceServer> {
  const server = plain
    ? http.createServer(answer)
    : https.createServer({ key, cert: certificate }, answer)
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `${plain ? 'http' : 'https'}://${address}:${port}`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
