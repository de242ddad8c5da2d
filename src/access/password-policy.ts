import type { PrismaClient } from '../generated/prisma/client.ts'
import { invalidField } from '../http/errors.ts'

/** Longer than anyone types, short enough to hash. */
export const passwordMaxLength = 1024

/** A password has a least length and no rules of composition (NIST SP 800-63B §3.1.1). */
export async function requirePasswordPolicy(
  prisma: Pick<PrismaClient, 'settings'>,
  field: string,
  password: string,
): Promise<void> {
  const { password_min_length } = await prisma.settings.findUniqueOrThrow({
    where: { id: 1 },
  })
  if ([...password].length < password_min_length) {
    throw invalidField(field, `must have at least ${password_min_length} characters`)
  }
}
