import type { Transaction } from '../audit/record-event.ts'

export type FactorsDeleted = {
  totp_deleted: number
  passkeys_deleted: number
  external_identities_deleted: number
}

type Of = {
  /** Null: everybody's. */
  user_id: string | null
  /** Those that were added then or later; null: all. */
  since: Date | null
}

/**
 * Takes away by what people sign in besides their password: apps, passkeys, links to identity providers. One of
 * them may be a thief's, who came by way of a session and meant to come again.
 */
export async function deleteFactors(
  tx: Transaction,
  { user_id, since }: Of,
): Promise<FactorsDeleted> {
  const whose = user_id === null ? {} : { user_id }
  const added = since === null ? whose : { ...whose, created_at: { gte: since } }
  // What waits for its first code has let nobody in, and is nobody's loss.
  const confirmed = {
    OR: [{ confirmed_at: null }, { confirmed_at: { gte: since ?? new Date(0) } }],
  }
  const totp = await tx.totpFactor.deleteMany({ where: { ...whose, ...confirmed } })
  const passkeys = await tx.passkey.deleteMany({ where: added })
  const identities = await tx.externalIdentity.deleteMany({ where: added })
  return {
    totp_deleted: totp.count,
    passkeys_deleted: passkeys.count,
    external_identities_deleted: identities.count,
  }
}
