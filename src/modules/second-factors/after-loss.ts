import type { Transaction } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'

/**
 * What follows when a person has taken a factor away: the last one leaves no recovery codes behind, for they are
 * the way around a factor; and where the platform requires one, the last one stays (409). Sign-ins that are
 * half done were asked for what is no longer there.
 */
export async function afterLoss(
  tx: Transaction,
  user_id: string,
): Promise<{ recovery_codes_deleted: number }> {
  await tx.signInChallenge.deleteMany({ where: { user_id } })
  const passkeys = await tx.passkey.count({ where: { user_id } })
  const totp = await tx.totpFactor.count({ where: { user_id, confirmed_at: { not: null } } })
  if (passkeys + totp > 0) return { recovery_codes_deleted: 0 }
  const { second_factor } = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  if (second_factor === 'required') {
    throw conflict('A second factor is required here: enrol another before you delete the last')
  }
  const { count } = await tx.recoveryCode.deleteMany({ where: { user_id } })
  return { recovery_codes_deleted: count }
}
