import type { FastifyBaseLogger } from 'fastify'
import type { RandomBytes } from './access/token.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { sourceFetcher } from './fetching/fetch-source.ts'
import { sourceRulesOf } from './fetching/source-rules.ts'
import { openJobs, startWorker } from './jobs/jobs.ts'
import { modules } from './modules/all.ts'
import type { WorkTools } from './operation.ts'
import { publicUrlOf } from './tools.ts'

export type WorkerOptions = {
  /** With connections that may take their time. */
  database: Database
  config: Config
  randomBytes: RandomBytes
  log: FastifyBaseLogger
}

/** Works on what operations have put on the queues, in this process. Answers how to stop. */
export async function runWorker(options: WorkerOptions): Promise<() => Promise<void>> {
  const { database, config, randomBytes, log } = options
  const { url, pool, prisma } = database
  const onError = (err: Error) => log.warn({ err }, 'jobs')
  const jobs = openJobs({ url, onError })
  const tools: WorkTools = {
    prisma,
    pool,
    jobs,
    randomBytes,
    log,
    publicUrl: publicUrlOf(config),
    importMaxBytes: config.IMPORT_MAX_BYTES,
    fetchSource: sourceFetcher(sourceRulesOf(config)),
  }
  const works = modules.flatMap((module) => (module.works ?? []).map((workOf) => workOf(tools)))
  const stop = await startWorker({ url, onError }, works)
  return async () => {
    await stop()
    await jobs.close()
  }
}
