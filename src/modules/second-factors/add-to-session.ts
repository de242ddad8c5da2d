import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../../audit/record-event.ts'

/** Who has just enrolled a factor has shown it: this session need not be asked for it. */
export async function addToSession(
  tx: Transaction,
  { authority }: FastifyRequest,
  method: 'totp' | 'passkey',
): Promise<void> {
  const auth_methods = [...new Set([...(authority.sign_in?.auth_methods ?? []), method])]
  await tx.session.update({ where: { id: authority.credential.id }, data: { auth_methods } })
}
