import { randomUUID } from 'node:crypto'
import type { Authority, Change, Span } from './check-history.ts'
import type { Ask } from './connection.ts'
import { type Member, newMember, newToken } from './member.ts'
import { offboard, onboard } from './personnel.ts'
import type { Stage } from './stage.ts'

/** A credential, what is asked with it again and again, and what happens to it meanwhile. */
export type Subject = {
  question: Ask
  changes: (() => Promise<Change>)[]
}

/** Makes one subject after the other. All of them may do at first what is asked. */
export type Scene = (stage: Stage) => AsyncGenerator<Subject>

/** How many subjects a member is for, and how often something is taken away and given back. */
const perMember = 20
const perSubject = 4

const inForce = (as: string): Ask => ({ path: '/authorize', as })
const inTenant = ({ tenant_id, token }: Member): Ask => ({
  path: `/tenants/${tenant_id}`,
  as: token.secret,
})

const becoming = async (becomes: Authority, span: Promise<Span>): Promise<Change> => {
  const { start, end } = await span
  return { becomes, start, end }
}

/** A right that ends once. */
const once = (question: Ask, end: () => Promise<Span>): Subject => ({
  question,
  changes: [() => becoming('refused', end())],
})

/** A right that is taken and given back, over and over. */
function toggled(
  questionOf: (member: Member) => Ask,
  take: (stage: Stage, member: Member) => Promise<Span>,
  giveBack: (stage: Stage, member: Member) => Promise<Span>,
): Scene {
  return async function* (stage) {
    for (;;) {
      const member = await newMember(stage)
      const pair = [
        () => becoming('refused', take(stage, member)),
        () => becoming('allowed', giveBack(stage, member)),
      ]
      const changes = Array.from({ length: perSubject }, () => pair).flat()
      yield { question: questionOf(member), changes }
    }
  }
}

/** A right that ends once, of a member who has more where that came from. */
function ended(next: (stage: Stage, member: Member) => Promise<Subject>): Scene {
  return async function* (stage) {
    for (;;) {
      const member = await newMember(stage)
      for (let count = 0; count < perMember; count += 1) yield await next(stage, member)
    }
  }
}

const ofTenant = ({ tenant_id }: Member) => `/tenants/${tenant_id}`
const ofUser = ({ user_id }: Member) => `/users/${user_id}`
const ofBlock = ({ tenant_id, token }: Member) => `/tenants/${tenant_id}/tokens/${token.id}/block`

async function editRole({ call }: Stage, member: Member, permissions: string[]): Promise<Span> {
  const { version } = (await call('GET', `/roles/${member.role_id}`)).body
  return call('PATCH', `/roles/${member.role_id}`, { version, permissions })
}

async function giveGrant({ call }: Stage, member: Member): Promise<Span> {
  const { role_id, tenant_id } = member
  const answer = await call('POST', `${ofUser(member)}/grants`, { role_id, tenant_id })
  member.grant_id = answer.body.id
  return answer
}

/** Has the database's clock passed the instant? The change is between the last no and the first yes. */
async function expiry({ sql }: Stage, instant: Date): Promise<Span> {
  for (let start = 0; ; ) {
    const asked = await sql('SELECT clock_timestamp() >= $1 AS is_over', [instant])
    if (asked.rows[0]?.['is_over']) return { start, end: asked.end }
    start = asked.start
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

const expiresInMs = 1500

async function everyoneBecomes({ sql }: Stage, { user_id }: Member, status: string) {
  return sql(`UPDATE users SET status = $1::user_status WHERE name LIKE 'crowd%' OR id = $2`, [
    status,
    user_id,
  ])
}

export const scenes: Readonly<Record<string, Scene>> = {
  'token revoked': ended(async (stage, member) => {
    const { id, secret } = await newToken(stage, member)
    const own = () => stage.call('DELETE', `/me/tokens/${id}`, undefined, member.session)
    const others = () => stage.call('DELETE', `${ofUser(member)}/tokens/${id}`)
    return once(inForce(secret), stage.random() < 0.5 ? own : others)
  }),
  'token expired': ended(async (stage, member) => {
    const expires_at = new Date(Date.now() + expiresInMs)
    const { secret } = await newToken(stage, member, { expires_at: expires_at.toISOString() })
    return once(inForce(secret), () => expiry(stage, expires_at))
  }),
  'signed out': ended(async (stage, member) => {
    const as = await stage.signIn(member)
    return once(inForce(as), () => stage.call('POST', '/auth/logout', undefined, as))
  }),
  'session ended': ended(async (stage, member) => {
    const as = await stage.signIn(member)
    const { credential } = (await stage.call('GET', '/me', undefined, as)).body
    const path = `/me/sessions/${credential.id}`
    return once(inForce(as), () => stage.call('DELETE', path, undefined, member.session))
  }),
  'password changed in another session': ended(async (stage, member) => {
    const as = await stage.signIn(member)
    const passwords = { current_password: member.password, new_password: randomUUID() }
    return once(inForce(as), async () => {
      const changed = await stage.call('POST', '/me/password', passwords, member.session)
      member.password = passwords.new_password
      return changed
    })
  }),
  'user deleted': async function* (stage) {
    for (;;) {
      const member = await newMember(stage)
      yield once(inForce(member.token.secret), () => stage.call('DELETE', ofUser(member)))
    }
  },
  'user deactivated, activated': toggled(
    ({ token }) => inForce(token.secret),
    ({ call }, member) => call('POST', `${ofUser(member)}/deactivate`),
    ({ call }, member) => call('POST', `${ofUser(member)}/activate`),
  ),
  'grant deleted, given': toggled(
    inTenant,
    ({ call }, member) => call('DELETE', `${ofUser(member)}/grants/${member.grant_id}`),
    giveGrant,
  ),
  'tenant un-assigned, assigned': toggled(
    inTenant,
    ({ call }, member) => call('DELETE', `${ofUser(member)}${ofTenant(member)}`),
    ({ call }, member) => call('PUT', `${ofUser(member)}${ofTenant(member)}`),
  ),
  'tenant suspended, activated': toggled(
    inTenant,
    ({ call }, member) => call('POST', `${ofTenant(member)}/suspend`),
    ({ call }, member) => call('POST', `${ofTenant(member)}/activate`),
  ),
  'token blocked in a tenant, unblocked': toggled(
    inTenant,
    ({ call }, member) => call('PUT', ofBlock(member), { reason: 'a try' }),
    ({ call }, member) => call('DELETE', ofBlock(member)),
  ),
  'role edited': toggled(
    inTenant,
    (stage, member) => editRole(stage, member, ['users.read']),
    (stage, member) => editRole(stage, member, ['tenants.read']),
  ),
  'offboarded, onboarded by the worker': toggled(inTenant, offboard, onboard),
  'many users by hand, in one statement': toggled(
    ({ token }) => inForce(token.secret),
    (stage, member) => everyoneBecomes(stage, member, 'deactivated'),
    (stage, member) => everyoneBecomes(stage, member, 'active'),
  ),
}
