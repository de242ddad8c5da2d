import { recordWork } from '../../audit/record-work.ts'
import { lockUser } from '../../db/lock-user.ts'
import { work } from '../../jobs/jobs.ts'
import type { Payloads } from '../../jobs/queues.ts'
import { postMail } from '../../mail/post-mail.ts'
import type { WorkOf, WorkTools } from '../../operation.ts'

/** Nobody's mailbox is filled by who knows an address. */
const mailsPerHour = 3

export const beginPasswordReset: WorkOf = (tools) =>
  work({ queue: 'begin_password_reset', handle: (asked) => begin(tools, asked) })

/**
 * Sends the mail, if a person signs in with this address and a password. Who only comes by way of another
 * provider has no password to forget, and must not get one by mail: it would be a second way in.
 */
async function begin(
  { prisma, jobs }: Pick<WorkTools, 'prisma' | 'jobs'>,
  { email, ip, correlation_id }: Payloads['begin_password_reset'],
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const found = await tx.user.findFirst({ where: { email, deleted_at: null } })
    const locked = found && (await lockUser(tx, found.id))
    if (locked?.status !== 'active' || locked.is_service_account) return
    if (found?.password_hash === null) return
    const since = new Date(locked.now.getTime() - 3_600_000)
    const sent = { user_id: locked.id, kind: 'password_reset', created_at: { gt: since } }
    if ((await tx.mail.count({ where: sent })) >= mailsPerHour) return
    await postMail(tx, jobs, 'password_reset', locked.id, { ip })
    const scope = await tx.tenantScope.findMany({ where: { user_id: locked.id } })
    await recordWork(
      tx,
      { actor: { id: null, name: 'anonymous' }, correlation_id },
      {
        action: 'user.password_reset_requested',
        target_type: 'user',
        target_id: locked.id,
        tenant_ids: scope.flatMap(({ tenant_id }) => tenant_id ?? []),
        after: { ip },
      },
    )
  })
}
