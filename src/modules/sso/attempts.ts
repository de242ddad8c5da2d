import { hashToken } from '../../access/token.ts'
import type { Transaction } from '../../audit/record-event.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Tools } from '../../operation.ts'

export const attemptSeconds = 600

/** What somebody went to a provider for: to sign in, or, by whose session, to link an identity or show anew who they are. */
export type Purpose =
  | { purpose: 'sign_in'; session_id: null }
  | { purpose: 'link' | 'step_up'; session_id: string }

export type Begun = Purpose & { provider_id: string; return_to: string }

/** What a browser takes along to a provider, and has to bring back. */
export async function beginAttempt(
  tx: Transaction,
  { provider_id, return_to, purpose, session_id }: Begun,
  { randomBytes }: Pick<Tools, 'randomBytes'>,
) {
  const secret = () => Buffer.from(randomBytes(32)).toString('base64url')
  const [state, browser, nonce, code_verifier] = [secret(), secret(), secret(), secret()]
  // Those who never came back; as the next ones begin, so that there are never many.
  await tx.$executeRaw`
    DELETE FROM sso_attempts WHERE id IN (
      SELECT id FROM sso_attempts WHERE expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED
    )`
  await tx.$executeRaw`
    INSERT INTO sso_attempts (id, identity_provider_id, state_hash, browser_hash, nonce, code_verifier,
      return_to, purpose, session_id, expires_at)
    VALUES (gen_random_uuid(), ${provider_id}::uuid, ${hashToken(state)}, ${hashToken(browser)}, ${nonce},
      ${code_verifier}, ${return_to}, ${purpose}, ${session_id}::uuid, now() + make_interval(secs => ${attemptSeconds}))`
  return { state, browser, nonce, code_verifier }
}

export type Attempt = Purpose &
  Pick<Prisma.SsoAttemptGetPayload<object>, 'nonce' | 'code_verifier' | 'return_to' | 'created_at'>

/**
 * The attempt that this browser began with this state at this provider. It is gone then: nobody comes back twice.
 * Null: none, or too long ago.
 */
export async function takeAttempt(
  prisma: Pick<Transaction, '$queryRaw'>,
  provider_id: string,
  state: string,
  browser: string,
): Promise<Attempt | null> {
  const [taken] = await prisma.$queryRaw<(Attempt & { is_over: boolean })[]>`
    DELETE FROM sso_attempts
    WHERE state_hash = ${hashToken(state)} AND browser_hash = ${hashToken(browser)}
      AND identity_provider_id = ${provider_id}::uuid
    RETURNING nonce, code_verifier, return_to, purpose, session_id, created_at, expires_at <= now() AS is_over`
  return taken && !taken.is_over ? taken : null
}
