import { accessTokens } from './access/access-token.ts'
import { bcryptPasswords } from './access/passwords.ts'
import { sealing } from './access/sealing.ts'
import type { RandomBytes } from './access/token.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { guardedFetch } from './fetching/guarded-fetch.ts'
import { sourceRulesOf } from './fetching/source-rules.ts'
import type { FreshAuthority } from './freshness/fresh-authority.ts'
import type { Jobs } from './jobs/jobs.ts'
import { signInTries } from './limits/sign-in-tries.ts'
import type { Tools } from './operation.ts'
import type { PlaceOf } from './sessions/places.ts'
import { identityProviderClients } from './sso/clients.ts'

type Sources = {
  config: Config
  database: Database
  signingSecret: Uint8Array
  clock: Clock
  randomBytes: RandomBytes
  jobs: Jobs
  placeOf: PlaceOf
}

/** What the operations work with, made of what the process has. */
export function toolsOf(
  options: Sources,
  fresh: FreshAuthority,
  recordTokenUse: Tools['recordTokenUse'],
): Tools {
  const { config, database, signingSecret, clock, randomBytes, jobs, placeOf } = options
  const sourceRules = sourceRulesOf(config)
  const sealed = sealing(signingSecret, config.SESSION_SECRET ?? '', randomBytes)
  return {
    prisma: database.prisma,
    readAuthority: fresh.read,
    readCatalogue: fresh.catalogue,
    accessTokens: accessTokens(signingSecret, config.SESSION_SECRET ?? '', clock),
    passwords: bcryptPasswords(config.BCRYPT_COST),
    signInTries: signInTries({ limit: config.WRONG_PASSWORDS_BEFORE_WAIT, clock }),
    recordTokenUse,
    clock,
    randomBytes,
    tokenPrefix: config.TOKEN_PREFIX,
    publicUrl: publicUrlOf(config),
    pool: database.pool,
    jobs,
    importMaxBytes: config.IMPORT_MAX_BYTES,
    sourceRules,
    sealing: sealed,
    placeOf,
    identityProviderClients: identityProviderClients({
      fetch: guardedFetch(sourceRules),
      rules: sourceRules,
      sealing: sealed,
      clock,
    }),
  }
}

/** Where people find this server. Without the setting, who listens on all addresses has none to tell: that is what PUBLIC_URL is for. */
export function publicUrlOf({ PUBLIC_URL, HOST, PORT }: Config): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL
  const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
