import type { AccessTokens } from './access-token.ts'
import type { AuthoritySubject } from './authority-reader.ts'
import type { Credential } from './credential.ts'

/** What to read the authority of. A session's signature is checked here, before anything is looked up. */
export async function subjectOf(
  credential: Credential,
  tokens: AccessTokens,
): Promise<AuthoritySubject> {
  if (credential.kind === 'session') {
    const session = await tokens.verify(credential.access_token)
    return { kind: 'session', ...session }
  }
  return { kind: 'token_hash', token_hash: credential.token_hash }
}
