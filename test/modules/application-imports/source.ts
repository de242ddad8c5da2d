import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server needs to fetch from the one below. */
export const allowed = { ALLOW_HTTP_SOURCES: 'on', SOURCE_ALLOWED_NETWORKS: '127.0.0.0/8' }

/** A server that applications are imported from; it answers as `answer` does at that moment. */
export async function startSource(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    schedule: { cron: '30 2 * * *', source_url: `http://127.0.0.1:${port}/accounts.csv` },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
