import type { FastifyBaseLogger } from 'fastify'
import type { RandomBytes } from './access/token.ts'
import type { Database } from './db/database.ts'
import { openJobs, startWorker } from './jobs/jobs.ts'
import { modules } from './modules/all.ts'

export type WorkerOptions = {
  /** With connections that may take their time. */
  database: Database
  randomBytes: RandomBytes
  publicUrl: string
  importMaxBytes: number
  log: FastifyBaseLogger
}

/** Works on what operations have put on the queues, in this process. Answers how to stop. */
export async function runWorker(options: WorkerOptions): Promise<() => Promise<void>> {
  const { database, log } = options
  const { url, pool, prisma } = database
  const onError = (err: Error) => log.warn({ err }, 'jobs')
  const jobs = openJobs({ url, onError })
  const tools = { ...options, pool, prisma, jobs }
  const works = modules.flatMap((module) => (module.works ?? []).map((workOf) => workOf(tools)))
  const stop = await startWorker({ url, onError }, works)
  return async () => {
    await stop()
    await jobs.close()
  }
}
