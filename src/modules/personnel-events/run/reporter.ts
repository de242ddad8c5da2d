import { type Beginner, beginnerNow } from '../../../access/changing.ts'
import { requireHeldAt } from '../../../access/held.ts'
import { AppError } from '../../../http/errors.ts'
import type { LockedEvent } from '../lock-event.ts'
import type { Act, Failure } from './act.ts'

type Reported = Pick<
  LockedEvent,
  'reporter_id' | 'reporter_credential_kind' | 'reporter_credential_id'
>

export const reporterOf = (event: Reported): Beginner => ({
  user_id: event.reporter_id,
  credential: { kind: event.reporter_credential_kind, id: event.reporter_credential_id },
})

/**
 * Why the reporter may not give these roles in the tenant now; null where they may. What a token reported
 * is given only while that token is in force: else it would act after its deletion.
 */
export async function whyNotGiven(
  { tx, event }: Act,
  roles: readonly { permissions: readonly string[] }[],
): Promise<Failure> {
  const { reporter_name: name } = event
  const authority = await beginnerNow(tx, reporterOf(event))
  if (!authority) return `${name}, who reported it, is not in force any more`
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  const patterns = ['personnel_events.create', ...roles.flatMap(({ permissions }) => permissions)]
  try {
    requireHeldAt(authority, patterns, [event.tenant], catalogue)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const permission = error.extras.details?.permission ?? 'what the roles give'
    return `${name}, who reported it, does not hold ${permission} here any more`
  }
}
