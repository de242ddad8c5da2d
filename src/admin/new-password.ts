import type { AdminTools } from './command.ts'

/** As long as the platform asks for, and at least 144 random bits. */
export async function newPassword({ prisma, passwords, randomBytes }: AdminTools) {
  const { password_min_length } = await prisma.settings.findUniqueOrThrow({ where: { id: 1 } })
  const bytes = Math.max(18, Math.ceil((password_min_length * 3) / 4))
  const password = Buffer.from(randomBytes(bytes)).toString('base64url')
  return { password, password_hash: await passwords.hash(password) }
}

/** Shown on the terminal, this once; in no log and in no list of processes. */
export const shownOnce = (email: string, password: string) => `
  Shown once:
    e-mail    ${email}
    password  ${password}

`
