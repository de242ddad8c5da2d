import { execFileSync } from 'node:child_process'

/** Debian keeps it where an ordinary user's path doesn't lead. */
export function findNginx(): string {
  for (const path of ['nginx', '/usr/sbin/nginx']) {
    try {
      execFileSync(path, ['-v'], { stdio: 'ignore' })
      return path
    } catch {}
  }
  throw new Error(
    'nginx is missing. Install it (Debian: apt-get install nginx) and run this again.',
  )
}
