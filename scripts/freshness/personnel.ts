import type { Span } from './check-history.ts'
import type { Member } from './member.ts'
import type { Stage } from './stage.ts'

/** Takes the member's tenant from them by an offboarding: from the approval until its stage is seen to be done. */
export async function offboard(stage: Stage, member: Member): Promise<Span> {
  // The first time they are put on the books, which takes and gives nothing: they are in the tenant.
  member.identity_id ??= (await carriedOut(stage, 'onboard', joining(member))).identity_id
  const { identity_id } = member
  return carriedOut(stage, 'offboard', { identity_id })
}

/** Brings them back, with the role that they had. */
export async function onboard(stage: Stage, member: Member): Promise<Span> {
  const joined = await carriedOut(stage, 'onboard', joining(member))
  member.identity_id = joined.identity_id
  return joined
}

const joining = ({ tenant_id, email, role_id }: Member) => ({
  tenant_id,
  identity: { first_name: 'Mem', last_name: 'Ber', email },
  user: { role_ids: [role_id] },
})

const pollMs = 20

async function carriedOut({ call }: Stage, kind: string, body: object) {
  const effective_date = new Date().toISOString().slice(0, 10)
  const { id } = (await call('POST', `/personnel-events/${kind}`, { ...body, effective_date })).body
  const { start } = await call('POST', `/personnel-events/${id}/approve`)
  for (let end = 0; ; ) {
    const seen = await call('GET', `/personnel-events/${id}`)
    const { status, failure, stages, affected_identity } = seen.body
    if (failure !== null) throw new Error(`${kind}: ${failure}`)
    if (end === 0 && stages[1].status === 'done') end = seen.end
    if (status === 'completed') return { start, end, identity_id: affected_identity.id as string }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
