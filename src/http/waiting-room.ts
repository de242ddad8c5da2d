import Fastify from 'fastify'
import { boundBodies } from './body-time.ts'
import { errorHandler } from './error-handler.ts'
import { unavailable } from './errors.ts'
import { securityHeaders } from './security-headers.ts'
import { type ServerOptions, serverOptions } from './server-options.ts'
import { answerOddRequests, requireHost } from './socket-errors.ts'

/**
 * Answers in the place of the server while that has no database to start on: this process is alive and
 * not ready, and all else is 503. Returns how to close it, which takes no longer than what it is answering.
 */
export async function openWaitingRoom(options: ServerOptions): Promise<() => Promise<void>> {
  const { HOST: host, PORT: port } = options.config
  const app = Fastify(serverOptions(options))
  answerOddRequests(app.server, options.randomBytes)
  boundBodies(app.server)
  await app.register(errorHandler)
  app.addHook('onRequest', requireHost)
  await app.register(securityHeaders)
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.routeOptions.url === alive ? undefined : unavailable('no database to start on'))
  })
  app.get(alive, { logLevel: 'warn' }, async () => ({ status: 'ok' }))
  await app.listen({ host, port })
  return () => app.close()
}

const alive = '/healthz'
