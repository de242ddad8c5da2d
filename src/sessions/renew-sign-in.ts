import type { FastifyRequest } from 'fastify'
import type { StepUpMethod } from '../access/sign-in.ts'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'

/** Who is signed in by the session of this request was shown anew to be who they are; other sessions stay as they are. */
export async function renewSignIn(
  tx: Transaction,
  request: FastifyRequest,
  method: StepUpMethod,
): Promise<void> {
  const { credential, sign_in } = request.authority
  const auth_methods = [...new Set([...(sign_in?.auth_methods ?? []), method])]
  await tx.session.update({
    where: { id: credential.id },
    data: { authenticated_at: await databaseNow(tx), auth_methods },
  })
  await recordEvent(tx, request, {
    action: 'session.reauthenticated',
    target_type: 'session',
    target_id: credential.id,
    after: { method },
  })
}
