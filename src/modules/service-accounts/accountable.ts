import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../../audit/record-event.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { unprocessable } from '../../http/errors.ts'

const field = 'accountable_user_ids'

/**
 * The people who are to answer for a service account: active, human, and known to the caller. Whoever answers
 * for it already (`before`) may stay, known or not, as long as somebody active is among them. Named by nobody,
 * it is the caller, if that is a person.
 */
export async function accountablePeople(
  tx: Transaction,
  { authority, reach }: FastifyRequest,
  asked: string[] | undefined,
  before: readonly string[] = [],
): Promise<string[]> {
  const { owner } = authority
  if (asked === undefined && !owner.is_service_account) return [owner.id]
  if (asked === undefined) throw unprocessable(field, 'is required where no person asks')
  const isActive = { id: { in: asked }, is_service_account: false, status: 'active' as const }
  const known = await tx.user.findMany({
    where: {
      AND: [isActive, { OR: [usersWithin(reach), { id: owner.id, deleted_at: null }] }],
    },
    select: { id: true },
  })
  const allowed = new Set([...known.map(({ id }) => id), ...before])
  const unknown = asked.find((id) => !allowed.has(id))
  if (unknown !== undefined) throw unprocessable(field, `${unknown} is no active person in reach`)
  const active = await tx.user.count({ where: { ...isActive, deleted_at: null } })
  if (active === 0) throw unprocessable(field, 'must name somebody who is active')
  return asked
}
