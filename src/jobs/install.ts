import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { jobsLock } from '../db/advisory-locks.ts'
import { applicationRole } from '../db/connection.ts'
import { queues, schedules } from './queues.ts'

export const jobsSchema = 'pgboss'

/**
 * Brings the job library's own tables to its version and makes our queues, as the role that migrates; call it
 * where `migrate` has just run. Safe to repeat: processes that start together wait for one another.
 */
export async function installJobs(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl })
  lock.on('error', () => undefined)
  await lock.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [jobsLock])
    await install(databaseUrl)
    await lock.query(`
      GRANT USAGE ON SCHEMA ${jobsSchema} TO ${applicationRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobsSchema} TO ${applicationRole};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${jobsSchema} TO ${applicationRole};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${jobsSchema} TO ${applicationRole}`)
  } finally {
    await lock.end()
  }
}

async function install(connectionString: string): Promise<void> {
  const boss = new PgBoss({
    connectionString,
    schema: jobsSchema,
    max: 1,
    supervise: false,
    schedule: false,
  })
  let fault: unknown = null
  boss.on('error', (error) => {
    fault ??= error
  })
  await boss.start()
  try {
    for (const [name, options] of Object.entries(queues)) await boss.createQueue(name, options)
    for (const [name, cron] of Object.entries(schedules)) await boss.schedule(name, cron)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (fault !== null) throw fault
}
