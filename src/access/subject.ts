import type { AccessTokens } from './access-token.ts'
import type { AuthoritySubject } from './authority-reader.ts'
import type { Credential } from './credential.ts'

/** What to read the authority of. A session's signature is checked here, before anything is looked up. */
export function subjectOf(
  credential: Credential,
  tokens: AccessTokens,
): AuthoritySubject | Promise<AuthoritySubject> {
  if (credential.kind === 'personal_access_token') {
    return { kind: 'token_hash', token_hash: credential.token_hash }
  }
  return tokens
    .verify(credential.access_token)
    .then((session) => ({ kind: 'session' as const, ...session }))
}
