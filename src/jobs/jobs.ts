import { fromPrisma, type Job, PgBoss, type SendOptions } from 'pg-boss'
import type { Transaction } from '../audit/record-event.ts'
import { connectionOf, type Limits } from '../db/connection.ts'
import { jobsSchema } from './install.ts'
import type { Payloads, QueueName } from './queues.ts'

/** What an operation may ask of the queues. */
export type Jobs = {
  /**
   * Sends a job with the transaction that makes what it is about: both are there, or neither. `key`: of those with the
   * same one, one runs at a time. `group`: whose turn it is, where a queue bounds how much one group may take.
   * `priority`: the higher goes first; 0 unless told.
   */
  send<Name extends QueueName>(
    tx: Transaction,
    name: Name,
    payload: Payloads[Name],
    options: { key: string; startAfter?: Date; group?: string; priority?: number },
  ): Promise<void>
  /** Repeats a job by a cron expression, in UTC; replaces the schedule of the same key. Null: no more. */
  repeat<Name extends QueueName>(
    tx: Transaction,
    name: Name,
    payload: Payloads[Name],
    options: { key: string; cron: string | null },
  ): Promise<void>
  close(): Promise<void>
}

/** Does one job; throws to have it tried again later. */
type WorkOn<Name extends QueueName> = {
  queue: Name
  /** The signal is given when the process ends: what isn't done then is begun anew elsewhere. */
  handle(payload: Payloads[Name], signal: AbortSignal): Promise<void>
  /** So many at once in this process. */
  concurrency?: number
  /** Of these, so many of one group: what takes one group long leaves room for the others. */
  perGroup?: number
}

export type Work = { [Name in QueueName]: WorkOn<Name> }[QueueName]

/** Typed by its queue. */
export const work = <Name extends QueueName>(given: WorkOn<Name>): Work => given as unknown as Work

const ofWorker: Limits = { queryMs: 15_000, statementMs: 12_000, lockMs: 10_000 }
/** The first to send opens the connection, inside of a request: as in db/database.ts. */
const ofSender: Limits = { queryMs: 2700, statementMs: 2500, lockMs: 2000 }

type Options = {
  url: string
  onError: (error: Error) => void
}

function bossOf({ url, onError }: Options, max: number, isWorker: boolean): PgBoss {
  const { connectionString, options } = connectionOf(
    url,
    isWorker ? ofWorker : ofSender,
    isWorker ? 5000 : 1000,
  )
  const boss = new PgBoss({
    connectionString,
    options,
    schema: jobsSchema,
    max,
    // Tables are made by who migrates (install.ts), and kept in shape by PostgreSQL's own vacuum.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    supervise: isWorker,
    schedule: isWorker,
    // How soon it is noticed that a worker is gone.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 1,
    useListenNotify: isWorker,
  })
  boss.on('error', onError)
  return boss
}

/** Sends jobs. It connects when the first is sent: most processes never send any. */
export function openJobs(options: Options): Jobs {
  let started: Promise<PgBoss> | null = null
  const sender = () => {
    started ??= bossOf(options, 1, false)
      .start()
      .catch((error) => {
        started = null
        throw error
      })
    return started
  }
  return {
    async send(tx, name, payload, { key, startAfter, group, priority = 0 }) {
      const sendOptions: SendOptions = { db: fromPrisma(tx), singletonKey: key, priority }
      if (group) sendOptions.group = { id: group }
      if (startAfter) sendOptions.startAfter = startAfter
      await (await sender()).send(name, payload, sendOptions)
    },
    async repeat(tx, name, payload, { key, cron }) {
      const boss = await sender()
      const db = fromPrisma(tx)
      if (cron === null) await boss.unschedule(name, key, { db })
      else await boss.schedule(name, cron, payload, { db, key, singletonKey: key, tz: 'UTC' })
    },
    async close() {
      await (await started)?.stop({ graceful: false })
    },
  }
}

const endMs = 5000

/** What is new is told at once; what is due again, or whose turn has come, is looked for this often; as long as there is more, one after the other. */
const polling = {
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
  burstWhenReadyExceeds: 1,
}

/** Works on what the queues hold, beside other processes that do. Answers how to stop. */
export async function startWorker(
  given: Options,
  works: readonly Work[],
): Promise<() => Promise<void>> {
  const boss = await bossOf(given, works.length + 3, true).start()
  const ending = new AbortController()
  for (const { queue, handle, concurrency = 1, perGroup } of works) {
    const bounds = perGroup === undefined ? {} : { localGroupConcurrency: perGroup }
    const options = { batchSize: 1, localConcurrency: concurrency, ...bounds, ...polling } as const
    const handleOne = async ([job]: Job<never>[]) => {
      if (job) await handle(job.data, ending.signal)
    }
    await boss.work(queue, options, handleOne)
  }
  return async () => {
    ending.abort()
    await boss.stop({ graceful: true, timeout: endMs })
  }
}
