import { postMail } from '../../../mail/post-mail.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'
import { whoIsTold } from './who-is-told.ts'

type Tools = Pick<WorkTools, 'jobs'>

/** A token that somebody made, or that a tenant has blocked: its people hear of it, and can't turn that off. */
export const tellOfTokens =
  ({ jobs }: Tools): Listener =>
  async (tx, event) => {
    const { action, actor_name, target_id, tenant_ids } = event
    if (action !== 'token.created' && action !== 'token.blocked') return
    const token = await tx.token.findUnique({ where: { id: target_id }, include: { owner: true } })
    if (!token) return
    const at = event.at.toISOString()
    const told = { name: token.name, owner: token.owner.name, at }
    const people = await whoIsTold(tx, token)
    if (action === 'token.created') {
      for (const id of people)
        await postMail(tx, jobs, 'token_created', id, { ...told, by: actor_name })
      return
    }
    const tenant = await tx.tenant.findFirst({ where: { id: { in: tenant_ids } } })
    const { reason = '' } = event.after as { reason?: string }
    const about = { ...told, tenant: tenant?.name ?? 'a tenant', reason }
    for (const id of people) await postMail(tx, jobs, 'token_blocked', id, about)
  }
