import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Account, assertReachable, findBinaries, serverAccount } from './binaries.ts'
import { claimDataDirectory } from './claim.ts'
import { type Postmaster, supervise } from './supervise.ts'

export type Cluster = {
  url(database: string): string
  ensureDatabase(name: string): Promise<void>
  stop(): Promise<void>
}

type Options = {
  dataDirectory: string
  /** PostgreSQL settings beside those that the embedding itself needs. */
  settings?: Record<string, string>
  /** Told when PostgreSQL died and is being started again. */
  onCrash: (exitCode: number | null) => void
}

const user = 'postern'

/** What ours is called. */
export const embeddedDatabase = 'postern'

/** Starts a PostgreSQL of our own below `dataDirectory`, and keeps it running until `stop`. */
export async function startCluster(options: Options): Promise<Cluster> {
  const dataDirectory = resolve(options.dataDirectory)
  mkdirSync(dataDirectory, { recursive: true })
  const claim = await claimDataDirectory(dataDirectory)
  const { initdb, postgres } = await findBinaries()
  const account = serverAccount()
  assertReachable(postgres, account)
  assertReachable(join(dataDirectory, '.'), account)

  const pgdata = join(dataDirectory, 'postgres')
  const passwordFile = join(dataDirectory, 'postgres.password')
  if (!existsSync(pgdata)) await initialise(initdb, pgdata, passwordFile, account)
  const password = readFileSync(passwordFile, 'utf8').trim()
  const port = await freePort()
  const url = (database: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`

  const postmaster = await supervise({
    binary: postgres,
    pgdata,
    port,
    account,
    logFile: join(dataDirectory, 'postgres.log'),
    settings: options.settings ?? {},
    accepts: () => accepts(url('postgres')),
    onCrash: options.onCrash,
  })
  return {
    url,
    ensureDatabase: (name) => ensureDatabase(url('postgres'), name),
    stop: () => stop(postmaster, claim),
  }
}

async function stop(postmaster: Postmaster, claim: { close(): unknown }): Promise<void> {
  await postmaster.stop()
  claim.close()
}

/** Made beside its place and moved there when complete, so that an interrupted start leaves no half. */
async function initialise(
  initdb: string,
  pgdata: string,
  passwordFile: string,
  account: Account | null,
): Promise<void> {
  const unfinished = `${pgdata}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, {
    mode: 0o600,
  })
  if (account) {
    chownSync(unfinished, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]
  await promisify(execFile)(initdb, args, { ...account, cwd: unfinished })
  renameSync(unfinished, pgdata)
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 1000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}
