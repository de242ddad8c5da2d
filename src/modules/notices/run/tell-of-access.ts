import type { Transaction } from '../../../audit/record-event.ts'
import type { Session } from '../../../generated/prisma/client.ts'
import { networkOf } from '../../../limits/source.ts'
import { postMail } from '../../../mail/post-mail.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'
import { deviceOf } from '../../../sessions/device.ts'

/** A sign-in as there was none before, or a new password: the person hears of it, and can't turn that off. */
export const tellOfAccess =
  ({ jobs, placeOf }: Pick<WorkTools, 'jobs' | 'placeOf'>): Listener =>
  async (tx, { action, target_id, at: when, ip }) => {
    const at = when.toISOString()
    if (action === 'user.password_changed' || action === 'user.password_reset') {
      await postMail(tx, jobs, 'password_changed', target_id, { at, ip })
    }
    if (action !== 'session.created') return
    const session = await tx.session.findUnique({ where: { id: target_id } })
    if (!session || !(await isNew(tx, session))) return
    const { user_agent, user_id } = session
    const [device, place] = [deviceOf(user_agent), placeOf(session.ip)]
    await postMail(tx, jobs, 'new_sign_in', user_id, { at, ip: session.ip, place, device })
  }

/** Who changes browsers or networks more often than this has seen what the mail says. */
const remembered = { days: 90, sessions: 500 }

/**
 * Is the device or the network one that was not seen before? The first sign-in of all is no news: the
 * person has just been invited.
 */
async function isNew(tx: Transaction, session: Session): Promise<boolean> {
  const since = new Date(session.created_at.getTime() - remembered.days * 86_400_000)
  const earlier = await tx.session.findMany({
    where: { user_id: session.user_id, created_at: { gte: since, lt: session.created_at } },
    orderBy: { created_at: 'desc' },
    take: remembered.sessions,
  })
  if (earlier.length === 0) return (await countBefore(tx, session)) > 0
  const knows = (trait: (one: Session) => string) =>
    earlier.some((one) => trait(one) === trait(session))
  return !knows(agentOf) || !knows(sourceOf)
}

const countBefore = (tx: Transaction, { user_id, created_at }: Session) =>
  tx.session.count({ where: { user_id, created_at: { lt: created_at } } })

/** Browsers change their versions every month, and are the same device. */
const agentOf = ({ user_agent }: Session) => (user_agent ?? '').replaceAll(/[\d._]+/g, '')

const sourceOf = ({ ip }: Session) => (ip === null ? '' : networkOf(ip.replace(/\/\d+$/, '')))
