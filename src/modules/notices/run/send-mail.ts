import { invite, isInvitable } from '../../../accounts/invite.ts'
import { newPasswordReset } from '../../../accounts/password-reset.ts'
import type { Transaction } from '../../../audit/record-event.ts'
import { recordWork } from '../../../audit/record-work.ts'
import { databaseNow } from '../../../db/now.ts'
import { validFrom } from '../../../db/valid-from.ts'
import { type Mail, Prisma, type User } from '../../../generated/prisma/client.ts'
import { work } from '../../../jobs/jobs.ts'
import type { About } from '../../../mail/kinds.ts'
import { isMailKind, writeLetter } from '../../../mail/letters.ts'
import { NoAddress, type Posted } from '../../../mail/mailer.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'

/** With the queue's pauses, some five hours. */
export const attemptsMax = 12
/** A mail that waits for so long has no job any more: its workers died, each time. */
const leftHours = 24
/** Who waited longer for a link has asked again, or remembered. */
const resetStaleMs = 3_600_000

type Tools = Pick<WorkTools, 'prisma' | 'mailer' | 'publicUrl' | 'randomBytes' | 'log'>

export const sendMail: WorkOf = (tools) =>
  work({ queue: 'send_mail', concurrency: 4, handle: ({ mail_id }) => deliver(tools, mail_id) })

/**
 * Hands one mail over, if it is still to be sent; throws to be called again. A process that dies between the
 * server's word and ours sends it twice, with one Message-ID.
 */
export async function deliver(tools: Tools, id: string): Promise<void> {
  const posted = await tools.prisma.$transaction((tx) => prepare(tx, tools, id))
  if (posted === null) return
  try {
    await end(tools, id, await tools.mailer.send(posted))
  } catch (error) {
    const failure = reasonOf(error)
    tools.log.warn({ mail_id: id, failure }, 'mail not sent')
    if (posted.attempts < attemptsMax && !isFinal(error)) throw new Error(failure)
    await giveUp(tools, id, failure)
  }
}

/** What is to be sent, with links that are made now: what is stored holds none. Null: nothing, any more. */
async function prepare(
  tx: Transaction,
  tools: Tools,
  id: string,
): Promise<(Posted & { attempts: number }) | null> {
  await tx.$executeRaw`SELECT 1 FROM mails WHERE id = ${id}::uuid FOR UPDATE`
  const mail = await tx.mail.findUnique({ where: { id }, include: { user: true } })
  if (mail?.status !== 'waiting') return null
  const now = await databaseNow(tx)
  const { user, kind } = mail
  if (
    !isMailKind(kind) ||
    user.email === null ||
    !isToBeTold(mail, user, now) ||
    (kind === 'invitation' && !(await isInvitable(tx, user))) ||
    (await isVoid(tx, mail))
  ) {
    await tx.mail.update({ where: { id }, data: { status: 'dropped', ended_at: now } })
    return null
  }
  const { attempts } = await tx.mail.update({ where: { id }, data: { attempts: { increment: 1 } } })
  const link = await linkFor(tx, tools, mail, now)
  const about = mail.about as unknown as About[typeof kind]
  const letter = writeLetter(kind, about, { publicUrl: tools.publicUrl, link })
  return { id, to: user.email, letter, attempts }
}

function isToBeTold({ kind, created_at }: Mail, user: User, now: Date): boolean {
  if (user.deleted_at !== null || user.is_service_account) return false
  if (kind === 'invitation') return true
  if (user.status !== 'active') return false
  return kind !== 'password_reset' || now.getTime() - created_at.getTime() < resetStaleMs
}

/** A link that was asked for before all credentials ended is not made after it. */
async function isVoid(tx: Transaction, { kind, user_id, created_at }: Mail): Promise<boolean> {
  if (kind !== 'password_reset' && kind !== 'invitation') return false
  const [row] = await tx.$queryRaw<{ valid_from: Date | null }[]>`
    SELECT ${Prisma.raw(validFrom('u'))} AS valid_from FROM users u CROSS JOIN settings
    WHERE u.id = ${user_id}::uuid`
  return row?.valid_from != null && created_at <= row.valid_from
}

async function linkFor(
  tx: Transaction,
  tools: Tools,
  { kind, user_id }: Mail,
  now: Date,
): Promise<string> {
  if (kind === 'password_reset') return newPasswordReset(tx, user_id, now, tools)
  if (kind !== 'invitation') return ''
  const made = { user_id, created_by: null, created_by_token_id: null }
  return (await invite(tx, made, { ...tools, clock: () => now })).invitation_url
}

/** Ends what waits without a job. */
export async function giveUpLeftMails(tools: Pick<Tools, 'prisma'>): Promise<void> {
  const left = await tools.prisma.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM mails
    WHERE status = 'waiting' AND created_at < now() - make_interval(hours => ${leftHours})
    ORDER BY created_at LIMIT 10000`
  for (const { id } of left) await giveUp(tools, id, 'nobody sent it within a day')
}

async function end({ prisma }: Tools, id: string, status: 'sent' | 'dropped'): Promise<void> {
  await prisma.$executeRaw`
    UPDATE mails SET status = ${status}::mail_status, ended_at = now() WHERE id = ${id}::uuid`
}

/** The event is written once, by whoever was first to give it up. */
async function giveUp({ prisma }: Pick<Tools, 'prisma'>, id: string, failure: string) {
  await prisma.$transaction(async (tx) => {
    const ended_at = await databaseNow(tx)
    const [mail] = await tx.mail.updateManyAndReturn({
      where: { id, status: 'waiting' },
      data: { status: 'failed', ended_at, failure },
    })
    if (!mail) return
    const by = { actor: { id: null, name: 'system' }, correlation_id: id.replaceAll('-', '') }
    await recordWork(tx, by, {
      action: 'mail.failed',
      target_type: 'user',
      target_id: mail.user_id,
      after: { mail_id: id, kind: mail.kind, attempts: mail.attempts, failure },
    })
  })
}

type SmtpError = { code?: string; responseCode?: number }

/** Whoever is not there today isn't in an hour; all else may be a fault of ours that is put right. */
function isFinal(error: unknown): boolean {
  const { code, responseCode = 0 } = error as SmtpError
  return error instanceof NoAddress || (code === 'EENVELOPE' && responseCode >= 500)
}

/** Not what the server said: it may repeat the letter, and so a link. */
function reasonOf(error: unknown): string {
  if (error instanceof NoAddress) return error.message
  const { code, responseCode } = error as SmtpError
  return [code ?? 'unknown', responseCode].filter((part) => part !== undefined).join(' ')
}
