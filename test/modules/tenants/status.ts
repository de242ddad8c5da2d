import type { TestServer } from '../../support/server.ts'

type Server = Pick<TestServer, 'given' | 'call' | 'database'>

/** A tenant with someone in it, who reads it signed in and by a token. */
export async function inhabited({ given }: Pick<Server, 'given'>, status = 'active') {
  const tenant = await given.tenant('test', status)
  const person = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['tenants.read'] }],
  })
  const token = await given.token(person.id, { tenants: [tenant.id] })
  return { ...tenant, person, session: person.as, token: token.as }
}

type Inhabited = Awaited<ReturnType<typeof inhabited>>

/** What a call into the tenant answers right now, to the session and to the token. */
export async function readings(call: Server['call'], { id, session, token }: Inhabited) {
  const read = async (as: string) => {
    const { status, body } = await call('GET', `/tenants/${id}`, { as })
    return status === 200 ? 200 : [status, body.details?.leg]
  }
  return { session: await read(session), token: await read(token) }
}

export const open = { session: 200, token: 200 }
export const shut = { session: [403, 'tenant_status'], token: [403, 'tenant_status'] }

export async function statusOf({ database }: Pick<Server, 'database'>, id: string) {
  const sql = 'SELECT status FROM tenants WHERE id = $1'
  return (await database.sql<{ status: string }>(sql, [id]))[0]?.status
}

/** The actions on a tenant, in their order. */
export async function actionsOn({ database }: Pick<Server, 'database'>, id: string) {
  const sql = 'SELECT action FROM audit_events WHERE target_id = $1 ORDER BY at, id'
  return (await database.sql<{ action: string }>(sql, [id])).map(({ action }) => action)
}
