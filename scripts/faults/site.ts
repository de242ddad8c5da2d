import { join } from 'node:path'
import { openStage } from '../freshness/stage.ts'
import { freePort } from '../processes/free-port.ts'
import { type PosternProcess, spawnPostern } from '../processes/spawn-postern.ts'
import { type Ask, asker } from './ask.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import type { Options } from './scenario.ts'
import { makeWriters, type Writer } from './writers.ts'

/** A PostgreSQL and a Postern of a scenario's own, and some people who use it. */
export type Site = {
  postgres: Postgres
  postern: PosternProcess
  ask: Ask
  writers: Writer[]
  /** Starts a Postern on the same database, on a port of its own where none is named. */
  spawn(port?: string): Promise<PosternProcess>
  /** Starts the site's Postern anew, on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

type SiteOptions = {
  writers?: number
  environment?: Record<string, string>
  settings?: Record<string, string>
  /** Where PostgreSQL's data are, where that is not beside the logs. */
  data?: string
}

export const administrator = {
  email: 'admin@faults.test',
  password: 'a password for one run only',
}

const noLimits = {
  RATE_LIMIT_PER_MINUTE: '0',
  SIGN_IN_LIMIT_PER_MINUTE: '0',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '0',
}

export async function openSite(
  { directory, random }: Options,
  {
    writers = 4,
    environment = {},
    settings = {},
    data = join(directory, 'data'),
  }: SiteOptions = {},
): Promise<Site> {
  const postgres = await startPostgres(data, settings)
  try {
    const spawn = async (port?: string) =>
      spawnPostern(
        {
          DATABASE_URL: postgres.url,
          BOOTSTRAP_ADMIN_EMAIL: administrator.email,
          BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
          ...noLimits,
          ...(port !== undefined && { PORT: port }),
          ...environment,
        },
        undefined,
        join(directory, 'postern.log'),
      )
    const port = String(await freePort())
    const postern = await spawn(port)
    const urls = [postern.url]
    const stage = await openStage({ urls, databaseUrl: postgres.url, administrator, random })
    const people = await makeWriters(stage, writers)
    await stage.close()
    const { ask, close } = asker(postern.url)
    const site: Site = {
      postgres,
      postern,
      ask,
      writers: people,
      spawn,
      async restart() {
        site.postern = await spawn(port)
      },
      async close() {
        close()
        await site.postern.stop('SIGKILL')
        await postgres.stop()
      },
    }
    return site
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
