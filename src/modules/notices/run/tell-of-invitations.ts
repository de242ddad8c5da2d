import { postMail } from '../../../mail/post-mail.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'

/** Whoever is invited, by a request or by a personnel event, gets a mail with a link of its own. */
export const tellOfInvitations =
  ({ jobs }: Pick<WorkTools, 'jobs'>): Listener =>
  async (tx, { action, target_id }) => {
    if (action !== 'user.invited' && action !== 'user.invitation_renewed') return
    await postMail(tx, jobs, 'invitation', target_id, {})
  }
