import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { accessTokens } from '../../src/access/access-token.ts'
import { buildApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { redact, serializers } from '../../src/http/logging.ts'
import type { App } from '../../src/operation.ts'
import { openPlaces } from '../../src/sessions/places.ts'
import { runWorker, type WorkerOptions } from '../../src/worker.ts'
import { type Client, clientOf, patient } from './client.ts'
import { cloneDatabase, type TestDatabase } from './database.ts'
import { eventually } from './eventually.ts'
import { type Given, givenOf } from './given.ts'
import { highLimits } from './limits.ts'

export type TestServer = {
  app: App
  url: string
  database: TestDatabase
  pool: Database['pool']
  /** Every log line so far. */
  logs: string[]
  /** What the operator's terminal was shown so far. */
  terminal: string[]
  /** Calls over HTTP. */
  call: Client
  /** People, tenants, roles, grants and tokens, made to order. */
  given: Given
  /** The number of rows that a refused call might have left, to compare before and after. */
  traces(): Promise<Record<string, number>>
  close(): Promise<void>
}

/**
 * A server that really listens, on a database of its own; `through` may put something between the two.
 * `withWorker`: it does the jobs, too.
 */
export async function startServer(
  environment: Record<string, string> = {},
  through: ((databaseUrl: string) => Promise<string>) | null = null,
  { withWorker = false } = {},
): Promise<TestServer> {
  const database = await cloneDatabase()
  const logs: string[] = []
  const terminal: string[] = []
  const config = readConfig({ ...highLimits, BCRYPT_COST: '10', PORT: '0', ...environment })
  const opened = openDatabase({
    url: through ? await through(database.url) : database.url,
    poolSize: 10,
    onError: () => undefined,
    patience: through ? 1 : 4,
  })
  const [{ secret: signingSecret }] = (await database.sql('SELECT secret FROM signing_keys')) as [
    { secret: Buffer },
  ]
  const placeOf = await openPlaces(config.GEOIP_DATABASE)
  const app = await buildApp({
    config,
    placeOf,
    database: opened,
    signingSecret,
    clock: systemClock,
    randomBytes,
    compilesLate: true,
    logger: {
      level: 'debug',
      serializers,
      redact,
      stream: { write: (line: string) => logs.push(line) },
    },
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const stopWorking = withWorker
    ? await startWorking(app, {
        config,
        signingSecret,
        placeOf,
        url: database.url,
        shown: terminal,
      })
    : null
  // Where the database is away on purpose, a 503 is what the test is about.
  const call = through ? clientOf(url) : patient(clientOf(url))
  return {
    app,
    url,
    database,
    pool: opened.pool,
    logs,
    terminal,
    call,
    given: givenOf(database, call, accessTokens(signingSecret, '', systemClock)),
    async traces() {
      if (stopWorking) await told(database)
      return traces(database)
    },
    async close() {
      await stopWorking?.()
      await app.close()
      await opened.close()
      await database.drop()
    },
  }
}

type Working = Pick<WorkerOptions, 'config' | 'signingSecret' | 'placeOf'> & {
  url: string
  shown: string[]
}

/** As in src/server.ts, with connections of its own. */
async function startWorking({ log }: App, { url, shown, ...given }: Working) {
  const database = openDatabase({ url, poolSize: 8, onError: () => undefined, isForWork: true })
  const stop = await runWorker({
    ...given,
    database,
    randomBytes,
    log,
    terminal: (text) => void shown.push(text),
  })
  return async () => {
    await stop()
    await database.close()
  }
}

/** What came of earlier calls is over: nobody is still to be told of it. */
const told = ({ sql }: TestDatabase) =>
  eventually(async () => {
    const waiting = await sql(`SELECT event_id FROM outbox_events
      UNION ALL SELECT id FROM mails WHERE status = 'waiting'`)
    return waiting.length === 0
  })

const tables = [
  'tenants',
  'users',
  'tenant_scopes',
  'permissions',
  'roles',
  'grants',
  'tokens',
  'tenant_blocks',
  'token_limit_requests',
  'sessions',
  'refresh_tokens',
  'totp_factors',
  'recovery_codes',
  'passkeys',
  'sign_in_challenges',
  'invitations',
  'idempotency_keys',
  'identities',
  'applications',
  'file_groups',
  'application_accounts',
  'application_imports',
  'import_files',
  'import_file_chunks',
  'import_rows',
  'personnel_events',
  'personnel_event_stages',
  'identity_providers',
  'identity_provider_grants',
  'external_identities',
  'sso_attempts',
  'mails',
  'password_resets',
  'token_notices',
  'notice_preferences',
  'calendar_feeds',
  'webhooks',
  'webhook_deliveries',
  'audit_events',
]

async function traces(database: TestDatabase): Promise<Record<string, number>> {
  const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`)
  const [row] = await database.sql<Record<string, number>>(
    `SELECT ${counts.join(', ')},
      (SELECT count(*)::int FROM tokens WHERE revoked_at IS NULL) AS unrevoked,
      (SELECT count(*)::int FROM users WHERE status = 'active') AS active_users`,
  )
  return row ?? {}
}
