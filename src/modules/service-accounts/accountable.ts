import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../../audit/record-event.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { unprocessable } from '../../http/errors.ts'

const field = 'accountable_user_ids'

/**
 * The people who are to answer for a service account: active, human, and known to the caller. Named by
 * nobody, it is the caller, if that is a person.
 */
export async function accountablePeople(
  tx: Transaction,
  { authority, reach }: FastifyRequest,
  asked: string[] | undefined,
): Promise<string[]> {
  const { owner } = authority
  if (asked === undefined && !owner.is_service_account) return [owner.id]
  if (asked === undefined) throw unprocessable(field, 'is required where no person asks')
  const known = await tx.user.findMany({
    where: {
      AND: [
        { id: { in: asked }, is_service_account: false, status: 'active' },
        { OR: [usersWithin(reach), { id: owner.id, deleted_at: null }] },
      ],
    },
    select: { id: true },
  })
  const unknown = asked.find((id) => !known.some((user) => user.id === id))
  if (unknown !== undefined) throw unprocessable(field, `${unknown} is no active person in reach`)
  return asked
}
