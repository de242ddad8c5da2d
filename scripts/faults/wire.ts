import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Wire = {
  url: string
  /** Every connection is cut, and new ones are refused. */
  cut(): Promise<void>
  /** Connections stay open and nothing passes. */
  hang(): void
  /** As at first. */
  mend(): Promise<void>
  close(): Promise<void>
}

/** A wire between server and database that a test can cut. */
export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let hanging = false
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => hanging || to.write(chunk))
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo

  const drop = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const cut = async () => {
    drop()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).toString(),
    cut,
    hang() {
      hanging = true
    },
    async mend() {
      if (hanging) drop()
      hanging = false
      if (!server.listening) await listen(port)
    },
    close: () => (server.listening ? cut() : Promise.resolve()),
  }
}
