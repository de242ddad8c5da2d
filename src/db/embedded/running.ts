import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * The address of the PostgreSQL that another process runs below `dataDirectory`. Its port is another one
 * at each start: PostgreSQL writes it into the fourth line of its pid file.
 */
export function urlOfRunning(dataDirectory: string, database: string): string {
  const directory = resolve(dataDirectory)
  const port = readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  const password = readFileSync(join(directory, 'postgres.password'), 'utf8').trim()
  return `postgresql://postern:${password}@127.0.0.1:${Number(port)}/${database}`
}
