import type { Transaction } from '../audit/record-event.ts'
import { Prisma } from '../generated/prisma/client.ts'

export type Ended = {
  credentials_valid_from: Date
  sessions_ended: number
  tokens_revoked: number
  invitations_ended: number
  recovery_codes_deleted: number
}

type Of = {
  /** Null: everybody's. */
  user_id: string | null
  now: Date
  /** Who is to be named as the revoker of the tokens. */
  revoked_by: string
}

/**
 * Nothing that was made until now is in force any more. The moment itself is kept beside the rows that end,
 * for what a restored backup would bring back or a transaction that began before still adds. A clock that
 * went back since then (another machine) lets nothing live on: the moment is never before what there is.
 */
export async function endCredentials(
  tx: Transaction,
  { user_id, now, revoked_by }: Of,
): Promise<Ended> {
  const whose = (column: string) =>
    user_id === null ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(column)} = ${user_id}::uuid`
  const [{ moment }] = await tx.$queryRaw<[{ moment: Date }]>`
    SELECT greatest(${now}::timestamptz,
      (SELECT max(created_at) FROM tokens WHERE ${whose('owner_id')}),
      (SELECT max(created_at) FROM sessions WHERE ${whose('user_id')}),
      (SELECT max(created_at) FROM invitations WHERE ${whose('user_id')}),
      (SELECT max(created_at) FROM password_resets WHERE ${whose('user_id')}),
      (SELECT max(created_at) FROM recovery_codes WHERE ${whose('user_id')}),
      (SELECT max(created_at) FROM calendar_feeds WHERE ${whose('user_id')}))::timestamptz(3) AS moment`
  const data = { credentials_valid_from: moment }
  if (user_id === null) await tx.settings.update({ where: { id: 1 }, data })
  else await tx.user.update({ where: { id: user_id }, data })

  const revoked_reason = 'all credentials until then were ended'
  const tokens = await tx.$executeRaw`
    UPDATE tokens SET revoked_at = ${now}, revoked_by = ${revoked_by}::uuid, revoked_reason = ${revoked_reason}
    WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now}) AND ${whose('owner_id')}`
  const sessions = await tx.$executeRaw`
    UPDATE sessions SET ended_at = ${now}, ended_reason = 'credentials_ended'
    WHERE ended_at IS NULL AND least(expires_at, idle_expires_at) > ${now} AND ${whose('user_id')}`
  const invitations = await tx.$executeRaw`
    UPDATE invitations SET expires_at = ${now}
    WHERE used_at IS NULL AND expires_at > ${now} AND ${whose('user_id')}`
  const codes = await tx.$executeRaw`DELETE FROM recovery_codes WHERE ${whose('user_id')}`
  await tx.$executeRaw`DELETE FROM calendar_feeds WHERE ${whose('user_id')}`
  return {
    credentials_valid_from: moment,
    sessions_ended: sessions,
    tokens_revoked: tokens,
    invitations_ended: invitations,
    recovery_codes_deleted: codes,
  }
}
