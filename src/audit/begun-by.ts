import { systemPrincipalId } from '../db/reach-filters.ts'
import type { Transaction } from './record-event.ts'
import type { WorkActor } from './record-work.ts'

/** What a row tells of who began the work that it is about. */
type Begun = {
  id: string
  /** The name of the token, or of the person, at the time. */
  name: string
  /** Null where nobody did: it was due. */
  user_id: string | null
  credential_id: string | null
}

/**
 * In whose name work is done: whoever began it, with the credential of then. The row's own id, in the place of a
 * correlation id, finds all that came of it.
 */
export async function begunBy(
  tx: Transaction,
  { id, name, user_id, credential_id }: Begun,
): Promise<WorkActor> {
  const correlation_id = id.replaceAll('-', '')
  if (user_id === null || credential_id === null) {
    return { actor: { id: null, name }, correlation_id }
  }
  const token = await tx.token.findUnique({ where: { id: credential_id }, select: { name: true } })
  const owner = await tx.user.findUnique({ where: { id: user_id }, select: { name: true } })
  const ownName = user_id === systemPrincipalId ? token?.name : owner?.name
  return {
    actor: { id: user_id, name: ownName ?? name },
    credential: token
      ? { kind: 'personal_access_token', id: credential_id, name: token.name }
      : { kind: 'session', id: credential_id, name: null },
    correlation_id,
  }
}
