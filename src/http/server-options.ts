import { type FastifyHttpOptions, LogController, type RawServerDefault } from 'fastify'
import type { RandomBytes } from '../access/token.ts'
import type { Config } from '../config.ts'
import { correlationIds } from './correlation.ts'
import { childLoggerFactory, mixin } from './logging.ts'
import { lateSchemaController, schemaController } from './schema-compilers.ts'
import { answerFrameworkError, answerSocketError } from './socket-errors.ts'

export type ServerOptions = {
  config: Config
  logger: NonNullable<FastifyHttpOptions<RawServerDefault>['logger']>
  randomBytes: RandomBytes
  /** Compiles a schema where it is first used, instead of all of them at the start. */
  compilesLate?: boolean
}

/**
 * Nobody keeps a connection busy for nothing: Fastify's own defaults wait without end. For bodies see body-time.ts.
 */
const headersTimeoutMs = 10_000
/** For who doesn't read the answer: Node counts twice from the last byte that went out. */
const silenceTimeoutMs = 12_000
const keepAliveTimeoutMs = 65_000
const bodyBytesMax = 262_144

/** Fastify's own options: what holds before any of our code sees a request. */
export function serverOptions(options: ServerOptions) {
  const { config, logger, randomBytes, compilesLate = false } = options
  return {
    logger: typeof logger === 'object' ? { ...logger, mixin } : logger,
    childLoggerFactory,
    genReqId: correlationIds(randomBytes),
    logController: new LogController({ requestIdLogLabel: 'correlation_id' }),
    trustProxy: config.TRUST_PROXY?.split(/[, ]+/).filter(Boolean) ?? false,
    schemaController: compilesLate ? lateSchemaController : schemaController,
    // While it drains, a request on an open connection is served like any other.
    return503OnClosing: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: 0,
    connectionTimeout: silenceTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    http: {
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 1000,
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerSocketError(randomBytes),
  } satisfies FastifyHttpOptions<RawServerDefault>
}
