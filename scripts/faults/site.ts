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

const environmentOf = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  BOOTSTRAP_ADMIN_EMAIL: administrator.email,
  BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  RATE_LIMIT_PER_MINUTE: '0',
  SIGN_IN_LIMIT_PER_MINUTE: '0',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '0',
})

/** The server on this database, in a process of its own; what it logs is beside the run's other files. */
export const startPostern = (
  databaseUrl: string,
  { directory }: Pick<Options, 'directory'>,
  environment: Record<string, string> = {},
): Promise<PosternProcess> =>
  spawnPostern(
    { ...environmentOf(databaseUrl), ...environment },
    undefined,
    join(directory, 'postern.log'),
  )

export async function openSite(options: Options, wanted: SiteOptions = {}): Promise<Site> {
  const { directory, random } = options
  const { writers = 4, environment = {}, settings = {}, data = join(directory, 'data') } = wanted
  const postgres = await startPostgres(data, settings)
  const ends: (() => unknown)[] = [postgres.stop]
  const close = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end()
  }
  const spawn = (port?: string) =>
    startPostern(postgres.url, options, { ...environment, ...(port && { PORT: port }) })
  try {
    const port = String(await freePort())
    const postern = await spawn(port)
    ends.push(() => site.postern.stop('SIGKILL'))
    const client = asker(postern.url)
    ends.push(client.close)
    const restart = async () => {
      site.postern = await spawn(port)
    }
    const site: Site = { postgres, postern, ask: client.ask, writers: [], spawn, restart, close }
    const urls = [postern.url]
    const stage = await openStage({ urls, databaseUrl: postgres.url, administrator, random })
    site.writers.push(...(await makeWriters(stage, writers)))
    await stage.close()
    return site
  } catch (error) {
    await close()
    throw error
  }
}
