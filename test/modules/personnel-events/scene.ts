import { v7 as uuidv7 } from 'uuid'
import { eventually } from '../../support/eventually.ts'
import type { TestServer } from '../../support/server.ts'

const day = 86_400_000
/** A day in UTC, so many from today. */
export const dayFromNow = (days: number) =>
  new Date(Date.now() + days * day).toISOString().slice(0, 10)
export const today = () => dayFromNow(0)

/** What an integration that reports and approves holds, beside what it gives. */
export const hris = ['personnel_events.create', 'personnel_events.approve', 'personnel_events.read']

/** A tenant with an integration, and somebody who works there and has a token. */
export async function sceneOf(server: TestServer, more: string[] = []) {
  const { given, call, database } = server
  const tenant = await given.tenant()
  const owner = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: [...hris, ...more], tenant_id: tenant.id }],
  })
  const reporter = await given.token(owner.id, {
    permissions: [...hris, ...more],
    tenants: [tenant.id],
    name: 'HRIS Integration',
  })

  async function identity(email: string | null = null): Promise<string> {
    const id = uuidv7()
    await database.sql(
      `INSERT INTO identities (id, tenant_id, first_name, last_name, email)
       VALUES ($1, $2, 'Grace', 'Hopper', $3)`,
      [id, tenant.id, email],
    )
    return id
  }

  /** Somebody on the books with a user, who may see the tenant by one role, and has a token for that. */
  async function employee(tenants = [tenant.id]) {
    const person = await given.person({ tenants })
    const role_id = await given.role(['tenants.read'])
    const grant_id = uuidv7()
    await database.sql(
      'INSERT INTO grants (id, user_id, role_id, tenant_id) VALUES ($1, $2, $3, $4)',
      [grant_id, person.id, role_id, tenant.id],
    )
    const token = await given.token(person.id, { tenants: [tenant.id] })
    return { ...person, role_id, grant_id, token, identity_id: await identity(person.email) }
  }

  const reportRaw = (kind: string, body: object, as = reporter.as) =>
    call('POST', `/personnel-events/${kind}`, { as, body })

  async function report(kind: string, body: object, as = reporter.as) {
    const answer = await reportRaw(kind, { effective_date: today(), ...body }, as)
    if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`)
    return answer.body
  }

  const approve = (id: string, as = reporter.as) =>
    call('POST', `/personnel-events/${id}/approve`, { as })
  const cancel = (id: string, as = reporter.as) =>
    call('POST', `/personnel-events/${id}/cancel`, { as })
  const see = async (id: string, as = reporter.as) =>
    (await call('GET', `/personnel-events/${id}`, { as })).body

  /** Waits until the worker has brought an event so far. */
  async function until(id: string, ...statuses: string[]) {
    await eventually(async () => statuses.includes((await see(id)).status))
    return see(id)
  }

  /** Reports, approves, and waits for what the worker makes of it. */
  async function done(kind: string, body: object, ...statuses: string[]) {
    const { id } = await report(kind, body)
    const { status, text } = await approve(id)
    if (status !== 200) throw new Error(text)
    return until(id, ...(statuses.length > 0 ? statuses : ['completed']))
  }

  /** May this credential see the tenant? */
  const maySee = async (as: string) =>
    (await call('GET', `/tenants/${tenant.id}`, { as })).status === 200

  /** As if so many days had gone by. */
  async function pass(id: string, days: number): Promise<void> {
    await database.sql(
      `UPDATE personnel_events SET effective_date = effective_date - $2::int,
         end_date = end_date - $2::int WHERE id = $1`,
      [id, days],
    )
  }

  const roleIds = async (user_id: string) => {
    const rows = await database.sql<{ role_id: string }>(
      'SELECT role_id FROM grants WHERE user_id = $1 AND tenant_id = $2 ORDER BY role_id',
      [user_id, tenant.id],
    )
    return rows.map((row) => row.role_id)
  }

  return {
    ...{ tenant, owner, reporter, identity, employee, report, reportRaw, approve, cancel, see },
    ...{ until, done, maySee, pass, roleIds },
  }
}

export type Scene = Awaited<ReturnType<typeof sceneOf>>

export const stagesOf = ({ stages }: { stages: { name: string; status: string }[] }) =>
  stages.map(({ name, status }) => `${name} ${status}`)
