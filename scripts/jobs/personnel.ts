import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from './scenario.ts'
import type { Site } from './site.ts'

export type Place = { tenant_id: string; role_id: string }

/** The events of one who joins and of another who leaves, approved at the same time. */
export type Joiner = {
  email: string
  onboard_id: string
  leaver_id: string
  offboard_id: string
}

export async function makePlace({ call }: Site): Promise<Place> {
  const slug = `jobs-${randomUUID()}`
  const tenant = await call('POST', '/tenants', { slug, name: slug, type: 'test' })
  const role = await call('POST', '/roles', { name: slug, permissions: ['tenants.read'] })
  return { tenant_id: tenant.id, role_id: role.id }
}

/** Reports that people join and that others leave, and approves it: from then on the worker is at it. */
export async function reportAll(
  { sql }: Options,
  { call }: Site,
  place: Place,
  count: number,
): Promise<Joiner[]> {
  const effective_date = new Date().toISOString().slice(0, 10)
  const joiners: Joiner[] = []
  for (let at = 0; at < count; at += 1) {
    const email = `${randomUUID()}@jobs.test`
    const [leaver] = await sql<{ user_id: string; identity_id: string }>(employee, [
      `left-${email}`,
      place.tenant_id,
      place.role_id,
    ])
    const { tenant_id } = place
    const onboard = await call('POST', '/personnel-events/onboard', {
      tenant_id,
      effective_date,
      identity: { first_name: 'Grace', last_name: 'Hopper', email },
      user: { role_ids: [place.role_id] },
    })
    const { identity_id, user_id: leaver_id } = leaver!
    const offboard = await call('POST', '/personnel-events/offboard', {
      identity_id,
      effective_date,
    })
    joiners.push({ email, onboard_id: onboard.id, leaver_id, offboard_id: offboard.id })
  }
  for (const { onboard_id, offboard_id } of joiners) {
    for (const id of [onboard_id, offboard_id])
      await call('POST', `/personnel-events/${id}/approve`)
  }
  return joiners
}

/** Somebody on the books, with a user who holds a role in the tenant. */
const employee = `
  WITH person AS (
    INSERT INTO users (id, email, name, status) VALUES (gen_random_uuid(), $1, $1, 'active') RETURNING id
  ), entry AS (
    INSERT INTO tenant_scopes (id, user_id, tenant_id) SELECT gen_random_uuid(), id, $2::uuid FROM person
  ), given AS (
    INSERT INTO grants (id, user_id, role_id, tenant_id)
    SELECT gen_random_uuid(), id, $3::uuid, $2::uuid FROM person
  ), identity AS (
    INSERT INTO identities (id, tenant_id, first_name, last_name, email)
    VALUES (gen_random_uuid(), $2::uuid, 'Grace', 'Hopper', $1) RETURNING id
  )
  SELECT person.id AS user_id, identity.id AS identity_id FROM person, identity`

/** How many effects and verifications these events have had until now. */
export async function stagesDone({ sql }: Options, joiners: readonly Joiner[]): Promise<number> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int FROM personnel_event_stages
     WHERE event_id = ANY($1) AND name <> 'approve' AND status = 'done'`,
    [joiners.flatMap(({ onboard_id, offboard_id }) => [onboard_id, offboard_id])],
  )
  return row?.count ?? 0
}

const expected = {
  onboard:
    'identity.created user.invited user.tenant_assigned grant.created personnel_event.carried_out personnel_event.completed',
  offboard:
    'user.tenant_unassigned grant.deleted identity.removed personnel_event.carried_out personnel_event.completed',
}

/** What is not as it must be when all has ended: every event done, once, with its audit events. */
export async function faultsOf(
  { sql }: Options,
  { tenant_id, role_id }: Place,
  joiners: readonly Joiner[],
) {
  const ids = joiners.flatMap(({ onboard_id, offboard_id }) => [onboard_id, offboard_id])
  const told = await sql<{ type: keyof typeof expected; status: string; actions: string }>(
    `SELECT e.type::text, e.status::text, (
       SELECT string_agg(a.action, ' ' ORDER BY a.at, a.id) FROM audit_events a
       WHERE a.correlation_id = replace(e.id::text, '-', '')) AS actions
     FROM personnel_events e WHERE e.id = ANY($1)`,
    [ids],
  )
  const [joined] = await sql<{ count: number }>(
    `SELECT count(*)::int FROM unnest($1::text[]) AS asked (email) WHERE NOT (
       (SELECT count(*) FROM identities i WHERE i.email = asked.email AND i.status = 'active') = 1
       AND (SELECT count(*) FROM users u WHERE u.email = asked.email) = 1
       AND (SELECT count(*) FROM users u JOIN tenant_scopes s ON s.user_id = u.id AND s.tenant_id = $2
         JOIN grants g ON g.user_id = u.id AND g.tenant_id = $2 AND g.role_id = $3
         WHERE u.email = asked.email) = 1)`,
    [joiners.map(({ email }) => email), tenant_id, role_id],
  )
  const [left] = await sql<{ count: number }>(
    `SELECT count(*)::int FROM unnest($1::uuid[]) AS asked (id)
     WHERE EXISTS (SELECT FROM tenant_scopes s WHERE s.user_id = asked.id)
       OR EXISTS (SELECT FROM grants g WHERE g.user_id = asked.id)`,
    [joiners.map(({ leaver_id }) => leaver_id)],
  )
  return {
    unfinished: told.filter(({ status }) => status !== 'completed').length,
    audit: told
      .filter(({ type, actions }) => actions !== expected[type])
      .map(({ type, actions }) => `${type}: ${actions}`),
    joined: joined?.count ?? -1,
    left: left?.count ?? -1,
    jobs: await jobsLeft(sql),
  }
}

/** A job whose worker was killed is begun anew when that has been missed, and then finds nothing to do. */
async function jobsLeft(sql: Options['sql']): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const [row] = await sql<{ count: number }>(
      `SELECT count(*)::int FROM pgboss.job
       WHERE name = 'carry_out_personnel_event' AND state <> 'completed'`,
    )
    if (row?.count === 0 || tries === 600) return row?.count ?? -1
    await sleep(100)
  }
}
