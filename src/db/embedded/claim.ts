import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

export class AlreadyRunning extends Error {
  constructor(path: string) {
    super(`Postern is already running on ${path}. Stop it first, or set another DATA_DIR.`)
  }
}

/**
 * Claims a data directory for this process, until the process ends, however it ends: the claim is
 * an abstract socket, which the kernel gives to one process and takes back when that dies. A file
 * would outlive a crash.
 */
export async function claimDataDirectory(dataDirectory: string): Promise<Server> {
  const path = realpathSync(dataDirectory)
  const name = createHash('sha256').update(path).digest('hex')
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? new AlreadyRunning(path) : cause),
    )
    server.listen(`\0postern-${name}`, resolve)
  })
  return server.unref()
}
