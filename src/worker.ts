import type { FastifyBaseLogger } from 'fastify'
import { sealing } from './access/sealing.ts'
import type { RandomBytes } from './access/token.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { sourceFetcher } from './fetching/fetch-source.ts'
import { guardedPost } from './fetching/post-guarded.ts'
import { sourceRulesOf } from './fetching/source-rules.ts'
import { openJobs, startWorker } from './jobs/jobs.ts'
import { mailerOf } from './mail/mailer.ts'
import { modules } from './modules/all.ts'
import type { WorkTools } from './operation.ts'
import { passOnEvents } from './outbox/pass-on.ts'
import { nowhere, type PlaceOf } from './sessions/places.ts'
import { publicUrlOf } from './tools.ts'

export type WorkerOptions = {
  /** With connections that may take their time. */
  database: Database
  config: Config
  /** As the server has it. */
  signingSecret: Uint8Array
  randomBytes: RandomBytes
  log: FastifyBaseLogger
  placeOf?: PlaceOf
  /** Where links are shown where no mail is sent. */
  terminal: (text: string) => void
}

/** Works on what operations have put on the queues, in this process. Answers how to stop. */
export async function runWorker(options: WorkerOptions): Promise<() => Promise<void>> {
  const { database, config, signingSecret, randomBytes, log, terminal, placeOf = nowhere } = options
  const { url, pool, prisma } = database
  const onError = (err: Error) => log.warn({ err }, 'jobs')
  const jobs = openJobs({ url, onError })
  const publicUrl = publicUrlOf(config)
  const mailer = mailerOf({ config, publicUrl, terminal })
  const tools: WorkTools = {
    prisma,
    pool,
    jobs,
    randomBytes,
    log,
    publicUrl,
    mailer,
    placeOf,
    sealing: sealing(signingSecret, config.SESSION_SECRET ?? '', randomBytes),
    importMaxBytes: config.IMPORT_MAX_BYTES,
    fetchSource: sourceFetcher(sourceRulesOf(config)),
    postGuarded: guardedPost(sourceRulesOf(config)),
  }
  const works = modules.flatMap((module) => (module.works ?? []).map((workOf) => workOf(tools)))
  const stop = await startWorker({ url, onError }, works)
  const stopPassing = passOnEvents({
    prisma,
    listeners: modules.flatMap((module) => (module.listeners ?? []).map((of) => of(tools))),
    onError: (err) => log.warn({ err }, 'outbox'),
  })
  return async () => {
    await stopPassing()
    await stop()
    mailer.close()
    await jobs.close()
  }
}
