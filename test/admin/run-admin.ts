import { execFile } from 'node:child_process'

export type Ran = { code: number; stdout: string; stderr: string }

/** `npm run admin -- …` as a process of its own. */
export function runAdmin(environment: Record<string, string>, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', BCRYPT_COST: '10', ...environment }
    execFile(
      process.execPath,
      ['src/admin/main.ts', ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

/** The password that was shown. */
export const shownIn = (stdout: string): string => /password {2}(\S+)/.exec(stdout)?.[1] ?? ''
