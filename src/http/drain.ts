import { Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../operation.ts'

/** Who uses a connection less often than this is unlikely to do so in the moment when it is closed. */
const unusedMs = 1000

/**
 * Ends gently for a proxy that keeps connections. Node closes those that are idle as soon as it is told to
 * end, and a request that is on its way on one of them is lost; a proxy may not send it again where it
 * changes something. So nobody new is let in first, each connection is closed by the answer to its next
 * request (Fastify says so in it), and only what is still unused after a second is closed from here.
 */
export function drainBeforeClose(app: Pick<App, 'addHook' | 'server'>, idleMs = unusedMs): void {
  app.addHook('preClose', async () => {
    // Not the method of http.Server, which closes the idle ones.
    const allGone = new Promise((resolve) => Server.prototype.close.call(app.server, resolve))
    await Promise.race([allGone, sleep(idleMs)])
  })
}
