import { randomBytes } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { accessTokens } from '../../src/access/access-token.ts'
import { authorityReader } from '../../src/access/authority-reader.ts'
import { guard } from '../../src/access/guard.ts'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { sealing } from '../../src/access/sealing.ts'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/database.ts'
import { ErrorEnvelope } from '../../src/http/envelope.ts'
import { errorHandler } from '../../src/http/error-handler.ts'
import { schemaController } from '../../src/http/schema-compilers.ts'
import { openJobs } from '../../src/jobs/jobs.ts'
import { signInTries } from '../../src/limits/sign-in-tries.ts'
import { authorize } from '../../src/modules/gateway/authorize.ts'
import type { App, Tools } from '../../src/operation.ts'
import { nowhere } from '../../src/sessions/places.ts'
import { coalescedReader } from './coalesced-reader.ts'
import { naiveReader } from './naive-reader.ts'

/** The guard and one operation with another reader of authority, without what else the product does per request. */
const readers = {
  naive: naiveReader,
  coalesced: ({ pool }: ReturnType<typeof openDatabase>) => coalescedReader(pool),
  prepared: ({ pool }: ReturnType<typeof openDatabase>) => authorityReader(pool),
}
const database = openDatabase({
  url: process.env['DATABASE_URL'] ?? '',
  poolSize: 10,
  onError: (error) => console.error(error.message),
})
const readAuthority = readers[process.env['READER'] as keyof typeof readers](database)
// Each request reads its authority; the catalogue is read once, in favour of these readers.
const catalogue = await database.prisma.permission.findMany({ select: { name: true, scope: true } })
const app: App = Fastify({
  logger: { level: process.env['LOG_LEVEL'] ?? 'warn' },
  schemaController,
}).withTypeProvider<TypeBoxTypeProvider>()
const tools: Tools = {
  prisma: database.prisma,
  readAuthority,
  readCatalogue: async () => catalogue,
  accessTokens: accessTokens(randomBytes(32), '', systemClock),
  passwords: bcryptPasswords(10),
  signInTries: signInTries({ limit: 0, clock: systemClock }),
  recordTokenUse: () => undefined,
  clock: systemClock,
  randomBytes,
  tokenPrefix: 'postern',
  publicUrl: 'http://localhost',
  pool: database.pool,
  jobs: openJobs({ url: database.url, onError: () => undefined }),
  importMaxBytes: 0,
  sourceRules: { allowsHttp: false, networks: [] },
  sealing: sealing(randomBytes(32), '', randomBytes),
  identityProviderClients: () => Promise.reject(new Error('There are none')),
  placeOf: nowhere,
}
app.addSchema(ErrorEnvelope)
await app.register(errorHandler)
await app.register(guard, {
  tokenPrefix: 'postern',
  accessTokens: tools.accessTokens,
  readAuthority,
  onTokenUsed: tools.recordTokenUse,
  onAuthenticated: async () => undefined,
})
app.get('/healthz', { config: { access: { kind: 'public' } } }, async () => ({ status: 'ok' }))
await app.register(async (api: App) => authorize(api, tools), { prefix: '/api/v1' })
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
