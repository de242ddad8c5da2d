import type { TestServer } from '../../support/server.ts'

/** What the queues know of an application's schedule. */
export const schedulesOf = ({ database }: TestServer, id: string) =>
  database.sql(
    `SELECT cron, timezone, data FROM pgboss.schedule
     WHERE name = 'begin_scheduled_import' AND key = $1`,
    [id],
  )
