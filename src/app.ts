import { join } from 'node:path'
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyHttpOptions, type RawServerDefault } from 'fastify'
import { Registry } from 'prom-client'
import { guard } from './access/guard.ts'
import { type LastUsed, lastUsedWriter } from './access/last-used.ts'
import type { RandomBytes } from './access/token.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { freshAuthority } from './freshness/fresh-authority.ts'
import { pruneFeed } from './freshness/prune.ts'
import { apiDocument } from './http/api-document.ts'
import { boundBodies } from './http/body-time.ts'
import { serveConsole } from './http/console.ts'
import { docs } from './http/docs.ts'
import { errorHandler } from './http/error-handler.ts'
import { health } from './http/health.ts'
import { methodNotAllowed } from './http/method-not-allowed.ts'
import { openapi } from './http/openapi.ts'
import { securityHeaders } from './http/security-headers.ts'
import { serverOptions } from './http/server-options.ts'
import { answerOddRequests, requireHost } from './http/socket-errors.ts'
import { acceptEmptyJson, validation } from './http/validation.ts'
import { pruneIdempotencyKeys } from './idempotency/prune.ts'
import { idempotencyKeys } from './idempotency/request-key.ts'
import { Impact } from './impact/resource.ts'
import { openJobs } from './jobs/jobs.ts'
import { rateLimits } from './limits/rate-limits.ts'
import { instruments } from './metrics/instruments.ts'
import { serveMetrics } from './metrics/serve-metrics.ts'
import { modules } from './modules/all.ts'
import { pruneUploads } from './modules/application-imports/prune.ts'
import type { App, Tools } from './operation.ts'
import { nowhere, type PlaceOf } from './sessions/places.ts'
import { toolsOf } from './tools.ts'

export type AppOptions = {
  config: Config
  database: Database
  signingSecret: Uint8Array
  clock: Clock
  randomBytes: RandomBytes
  /** Where the metrics of this server are put beside those of the process, if anybody collects these. */
  registry?: Registry
  logger: NonNullable<FastifyHttpOptions<RawServerDefault>['logger']>
  placeOf?: PlaceOf
  /** As of ServerOptions. */
  compilesLate?: boolean
}

/** For what is kept of authorities, at the most. */
const cacheBytes = 64 * 1024 * 1024

const consoleRoot = join(import.meta.dirname, '../console/dist')

/** The whole server, in the order in which a request meets it. It listens nowhere yet. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { config, database, randomBytes, registry = new Registry() } = options
  const app = Fastify(serverOptions(options)).withTypeProvider<TypeBoxTypeProvider>()
  const lastUsed = startBackground(app, options)
  const fresh = freshAuthority(database.pool, database.connect, cacheBytes)
  app.addHook('onClose', fresh.close)
  const jobs = openJobs({ url: database.url, onError: (err) => app.log.warn({ err }, 'jobs') })
  app.addHook('onClose', jobs.close)
  const tools = toolsOf({ placeOf: nowhere, ...options, jobs }, fresh, lastUsed.record)
  const limits = rateLimits(config, randomBytes)
  const measured = instruments({ registry, pool: database.pool, pendingUses: lastUsed.pending })

  answerOddRequests(app.server, randomBytes)
  boundBodies(app.server)
  app.removeContentTypeParser('text/plain')
  acceptEmptyJson(app)
  app.addHook('onResponse', (request, reply, done) => {
    measured.answered(request, reply)
    done()
  })
  await app.register(errorHandler)
  app.addHook('onRequest', requireHost)
  await app.register(securityHeaders)
  await app.register(cookie)
  await app.register(validation)
  await app.register(guard, {
    tokenPrefix: config.TOKEN_PREFIX,
    accessTokens: tools.accessTokens,
    readAuthority: tools.readAuthority,
    onTokenUsed: tools.recordTokenUse,
    onAuthenticated: (request, reply) => {
      measured.authenticated()
      return limits.authenticated(request, reply)
    },
  })
  app.addHook('onRequest', limits.signIn)
  await app.register(idempotencyKeys)
  await app.register(openapi)

  await app.register(apiDocument)
  await app.register(health, { pool: database.pool })
  await app.register(serveMetrics, { registry, config })
  await app.register(
    async (api: App) => {
      api.setErrorHandler(async (error, request, reply) => {
        measured.failed(error)
        await limits.failed(error, request, reply)
        throw error
      })
      addModules(api, tools)
    },
    { prefix: '/api/v1' },
  )
  await app.register(methodNotAllowed)
  await app.register(docs)
  await app.register(serveConsole, { root: consoleRoot, randomBytes })
  return app
}

function addModules(api: App, tools: Tools): void {
  api.addSchema(Impact)
  for (const { schemas, operations } of modules) {
    for (const schema of schemas) api.addSchema(schema)
    for (const operation of operations) operation(api, tools)
  }
}

/** What goes on beside the requests, and ends with the server. */
function startBackground(app: App, { config, database, clock }: AppOptions): LastUsed {
  const warn = (what: string) => (err: unknown) => app.log.warn({ err }, what)
  const lastUsed = lastUsedWriter(database.pool, clock, warn('last used'))
  const stopPruningKeys = pruneIdempotencyKeys(database.pool, warn('pruning'))
  const stopPruningFeed = pruneFeed(database.pool, warn('pruning'))
  const maxBytes = config.IMPORT_MAX_BYTES
  const stopPruningUploads = pruneUploads(database.pool, maxBytes, warn('pruning'))
  // Connections may take longer to end than the process is given: what is known by now is not to be lost with them.
  app.addHook('preClose', lastUsed.flush)
  app.addHook('onClose', async () => {
    stopPruningKeys()
    stopPruningFeed()
    stopPruningUploads()
    await lastUsed.stop()
  })
  return lastUsed
}
