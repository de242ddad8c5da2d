import type { Transaction } from '../audit/record-event.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { About, MailKind } from './kinds.ts'

/** A mail to a person, which is sent if this transaction commits, and only then. */
export async function postMail<Kind extends MailKind>(
  tx: Transaction,
  jobs: Jobs,
  kind: Kind,
  user_id: string,
  about: About[Kind],
): Promise<void> {
  const { id } = await tx.mail.create({ data: { kind, user_id, about } })
  await jobs.send(tx, 'send_mail', { mail_id: id }, { key: id, priority: priorityOf(kind) })
}

/** Somebody waits for a link; a digest, of which there may be thousands at a time, can wait. */
const priorityOf = (kind: MailKind): number => {
  if (kind === 'password_reset' || kind === 'invitation') return 2
  return kind === 'tokens_expiring' ? 0 : 1
}
