import type { Transaction } from '../audit/record-event.ts'

/** What a person can show beside a password, by the policy of now; nothing where none is asked for. */
export async function factorsOf(tx: Transaction, user_id: string) {
  const { second_factor } = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  const totp = await tx.totpFactor.count({ where: { user_id, confirmed_at: { not: null } } })
  const passkeys = await tx.passkey.findMany({
    where: { user_id },
    select: { credential_id: true, transports: true },
    orderBy: { id: 'asc' },
  })
  const left = await tx.recoveryCode.count({ where: { user_id, used_at: null } })
  const has = { passkey: passkeys.length > 0, totp: totp > 0 }
  const isAsked = second_factor !== 'off' && (has.passkey || has.totp)
  const methods: ('passkey' | 'totp' | 'recovery_code')[] = []
  if (isAsked && has.passkey) methods.push('passkey')
  if (isAsked && has.totp) methods.push('totp')
  if (isAsked && left > 0) methods.push('recovery_code')
  return { policy: second_factor, methods, passkeys }
}
