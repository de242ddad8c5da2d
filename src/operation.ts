import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type pg from 'pg'
import type { TSchema } from 'typebox'
import type { AccessTokens } from './access/access-token.ts'
import type { ReadAuthority } from './access/authority-reader.ts'
import type { Passwords } from './access/passwords.ts'
import type { Permission } from './access/permissions.ts'
import type { Sealing } from './access/sealing.ts'
import type { RandomBytes } from './access/token.ts'
import type { Clock } from './clock.ts'
import type { FetchSource } from './fetching/fetch-source.ts'
import type { PostGuarded } from './fetching/post-guarded.ts'
import type { SourceRules } from './fetching/source-rules.ts'
import type { PrismaClient } from './generated/prisma/client.ts'
import type { Jobs, Work } from './jobs/jobs.ts'
import type { SignInTries } from './limits/sign-in-tries.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Listener } from './outbox/pass-on.ts'
import type { PlaceOf } from './sessions/places.ts'
import type { IdentityProviderClients } from './sso/clients.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What operations work with; nothing is reached for but through this. */
export type Tools = {
  prisma: PrismaClient
  readAuthority: ReadAuthority
  /** The catalogue, as true as the authority that the request was admitted with. */
  readCatalogue: () => Promise<readonly Permission[]>
  accessTokens: AccessTokens
  passwords: Passwords
  /** Around whatever compares a secret of a person: slows down who guesses. */
  signInTries: SignInTries
  /** Told of each token that was accepted, and from where, if that is known. */
  recordTokenUse: (token_id: string, ip: string | null) => void
  clock: Clock
  randomBytes: RandomBytes
  tokenPrefix: string
  /** Where people find this server. */
  publicUrl: string
  /** For what Prisma is too slow for, or can't do. */
  pool: pg.Pool
  jobs: Jobs
  /** What a file of an import may weigh, at the most; and what it weighs unpacked. */
  importMaxBytes: number
  sourceRules: SourceRules
  /** For secrets that have to be known again. */
  sealing: Sealing
  identityProviderClients: IdentityProviderClients
  placeOf: PlaceOf
}

/** One area of the API: its named schemas, and its operations in the order in which to read them. */
export type Module = {
  schemas: TSchema[]
  operations: Operation[]
  works?: WorkOf[]
  listeners?: ListenerOf[]
}

/** What the worker does for an area: one kind of job each. */
export type WorkOf = (tools: WorkTools) => Work

/** What the worker does for an area when a change has been made. */
type ListenerOf = (tools: WorkTools) => Listener

/** What jobs work with: connections that may take their time, and nobody's request. */
export type WorkTools = Pick<
  Tools,
  | 'prisma'
  | 'pool'
  | 'randomBytes'
  | 'publicUrl'
  | 'jobs'
  | 'importMaxBytes'
  | 'sealing'
  | 'placeOf'
> & {
  fetchSource: FetchSource
  postGuarded: PostGuarded
  mailer: Mailer
  log: FastifyBaseLogger
}

/** One operation of the API: adds its route. */
export type Operation = (app: App, tools: Tools) => void
