import type { Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { About, MailKind } from './kinds.ts'

/**
 * Of these, which others bring about, nobody gets more in an hour: a mailbox is not to be filled by who invites, makes or
 * blocks again and again. What tells of one's own sign-in and password always comes.
 */
const perHourMax: Partial<Record<MailKind, number>> = {
  invitation: 5,
  token_created: 20,
  token_blocked: 20,
}

/** A mail to a person, which is sent if this transaction commits, and only then. */
export async function postMail<Kind extends MailKind>(
  tx: Transaction,
  jobs: Jobs,
  kind: Kind,
  user_id: string,
  about: About[Kind],
): Promise<void> {
  const max = perHourMax[kind]
  if (max !== undefined && (await countLastHour(tx, kind, user_id)) >= max) return
  const { id } = await tx.mail.create({ data: { kind, user_id, about } })
  await jobs.send(tx, 'send_mail', { mail_id: id }, { key: id, priority: priorities[kind] })
}

async function countLastHour(tx: Transaction, kind: MailKind, user_id: string): Promise<number> {
  const hourAgo = new Date((await databaseNow(tx)).getTime() - 3_600_000)
  return tx.mail.count({ where: { kind, user_id, created_at: { gt: hourAgo } } })
}

/**
 * Who asked for a link waits for it; then comes what warns, and no flood of invitations goes ahead of that. A digest, of
 * which there may be thousands at a time, can wait.
 */
const priorities: Record<MailKind, number> = {
  password_reset: 3,
  new_sign_in: 2,
  password_changed: 2,
  sign_in_changed: 2,
  invitation: 1,
  token_created: 1,
  token_blocked: 1,
  tokens_expiring: 0,
}
