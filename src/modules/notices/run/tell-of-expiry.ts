import { lockUser } from '../../../db/lock-user.ts'
import { work } from '../../../jobs/jobs.ts'
import { postMail } from '../../../mail/post-mail.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'
import { dueTo, peopleToTell, type ToTell } from './expiring-tokens.ts'
import { giveUpLeftMails } from './send-mail.ts'

type Tools = Pick<WorkTools, 'prisma' | 'jobs'>

/** Tells people, in one mail a day, which of their tokens expire soon or have expired; and forgets old mails. */
export const tellOfExpiringTokens: WorkOf = (tools) =>
  work({
    queue: 'tell_of_expiring_tokens',
    handle: async (_, signal) => {
      for (const toTell of await peopleToTell(tools.prisma)) {
        if (signal.aborted) return
        const { user_id } = toTell
        await tellOfExpiry(tools, toTell).catch((err) =>
          tools.log.warn({ err, user_id }, 'notices'),
        )
      }
      await giveUpLeftMails(tools)
      await pruneMails(tools)
    },
  })

/** What was told is remembered with the mail, under the person's lock: once, whoever else is at it. */
export async function tellOfExpiry({ prisma, jobs }: Tools, toTell: ToTell): Promise<void> {
  const { user_id } = toTell
  await prisma.$transaction(async (tx) => {
    if ((await lockUser(tx, user_id))?.status !== 'active') return
    const due = await dueTo(tx, toTell)
    if (due.length === 0) return
    await tx.tokenNotice.createMany({
      data: due.map(({ token_id, days }) => ({ token_id, user_id, days })),
    })
    const tokens = due.map(({ name, owner_id, owner_name, expires_at, days }) => ({
      name,
      owner: owner_id === user_id ? null : owner_name,
      expires_at: expires_at.toISOString(),
      expired: days === 0,
    }))
    await postMail(tx, jobs, 'tokens_expiring', user_id, { tokens })
  })
}

export async function pruneMails({ prisma }: Pick<Tools, 'prisma'>): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM mails WHERE id IN (
      SELECT id FROM mails WHERE created_at < now() - interval '30 days' AND status <> 'waiting'
      LIMIT 10000)`
  await prisma.$executeRaw`DELETE FROM password_resets WHERE expires_at < now() - interval '30 days'`
}
