import type { PrismaClient } from '../generated/prisma/client.ts'
import { invalidField } from '../http/errors.ts'
import { isGuessedFirst, restMin } from './common-passwords.ts'

/** Longer than anyone types, short enough to hash. */
export const passwordMaxLength = 1024

/** What is refused beside passwords that are too short. */
export const refusedPasswords = ['own_email', 'own_name', 'name_of_the_service', 'common'] as const

/** Who will have the password, for what is guessed first. */
export type Holder = { email: string | null; name: string }

/** Words that are part of these are no part of a secret; the name of this service neither. */
const wordsOf = ({ email, name }: Holder): string[] => {
  const [local = '', domain = ''] = (email ?? '').split('@')
  return ['postern', email ?? '', domain, local, ...domain.split('.'), ...name.split(/\s+/)]
}
const wordMin = 3

/**
 * A password has a least length, counted in characters, and no rules of composition (NIST SP 800-63B
 * §3.1.1). Of what it is made beside the names of its holder and of this service, some must be left; and it is
 * none of those that everybody tries first.
 */
export async function requirePasswordPolicy(
  prisma: Pick<PrismaClient, 'settings'>,
  field: string,
  password: string,
  holder: Holder,
): Promise<void> {
  const { password_min_length } = await prisma.settings.findUniqueOrThrow({
    where: { id: 1 },
  })
  if ([...password.normalize('NFC')].length < password_min_length) {
    throw invalidField(field, `must have at least ${password_min_length} characters`)
  }
  if (isOwnName(password, holder)) {
    throw invalidField(field, 'must be made of more than your name and e-mail address')
  }
  if (isGuessedFirst(fold(password))) {
    throw invalidField(field, 'must not be one that is easily guessed')
  }
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

function isOwnName(password: string, holder: Holder): boolean {
  // The longest first: of "ada@example.com" nothing else is left.
  const words = wordsOf(holder)
    .map(fold)
    .filter((word) => [...word].length >= wordMin)
    .sort((a, b) => b.length - a.length)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), fold(password))
  return rest !== fold(password) && [...rest].length < restMin
}
