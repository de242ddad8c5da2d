import { v7 as uuidv7 } from 'uuid'
import type { Given } from '../support/given.ts'

type Post = (path: string, body: unknown) => Promise<{ id: string }>
type Sql = Given['sql']

const people = [
  ['Grace', 'Hopper', 'grace@acme.example', 'Head of claims', 'Claims', 'active'],
  ['Katherine', 'Johnson', 'katherine@acme.example', 'Actuary', 'Pricing', 'active'],
  ['Dorothy', 'Vaughan', 'dorothy@acme.example', 'Team lead', 'Claims', 'disabled'],
  ['Mary', 'Jackson', 'mary@acme.example', null, null, 'active'],
  ['Annie', 'Easley', null, 'Clerk of the archive', 'Archive', 'removed'],
  ['יעל', 'כהן', 'yael@acme.example', 'Underwriter', 'Motor', 'active'],
] as const

/** People on the books, systems whose accounts are imported, and what happens to them: in every state. */
export async function addRecords(given: Given, post: Post, tenant_id: string, role_id: string) {
  const { sql } = given
  const identities: string[] = []
  for (const person of people) identities.push(await addIdentity(sql, tenant_id, person))
  const [grace = '', katherine, dorothy, mary] = identities
  await sql('UPDATE identities SET supervisor_id = $2 WHERE id = $1', [katherine, grace])
  const application = await addApplications(sql, post, tenant_id)
  const imports = await addImports(sql, application)
  const event = (kind: string, body: object) => post(`/personnel-events/${kind}`, body)
  const effective_date = '2030-03-01'
  const events = {
    onboard: await event('onboard', {
      tenant_id,
      identity: { first_name: 'Joan', last_name: 'Clarke', email: 'joan@acme.example' },
      user: { role_ids: [role_id] },
      effective_date,
      comment: 'Takes over the motor claims of the north',
    }),
    transition: await event('role-transition', {
      identity_id: katherine,
      add_role_ids: [role_id],
      effective_date,
      end_date: '2030-06-01',
    }),
    leave: await event('leave-of-absence', { identity_id: dorothy, effective_date }),
    offboard: await event('offboard', { identity_id: mary, effective_date }),
  }
  await advance(sql, events)
  return { identity: grace, application, imports, event: events.offboard.id }
}

async function addIdentity(
  sql: Sql,
  tenant_id: string,
  [first_name, last_name, email, title, department, status]: (typeof people)[number],
): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO identities
       (id, tenant_id, first_name, last_name, email, title, department, status, inactivated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::identity_status,
       CASE WHEN $8::text = 'removed' THEN now() END)`,
    [id, tenant_id, first_name, last_name, email, title, department, status],
  )
  return id
}

async function addApplications(sql: Sql, post: Post, tenant_id: string) {
  const { id } = await post('/applications', {
    tenant_id,
    name: 'Silverlake',
    priority: 'critical',
    file_groups: [
      { name: 'Accounts', required: true },
      { name: 'Branch accounts', required: false },
    ],
    import_schedule: { cron: '30 2 * * 1-5', source_url: 'https://exports.example.com/a.csv' },
  })
  await post('/applications', { tenant_id, name: 'Claims desk', priority: 'high' })
  const old = await post('/applications', { tenant_id, name: 'Paper archive' })
  await sql('UPDATE applications SET is_archived = true WHERE id = $1', [old.id])
  const accounts = [
    ['ghopper', 'grace@acme.example', ['CLAIMS_READ', 'CLAIMS_APPROVE', 'USERS', 'A', 'B', 'C']],
    ['kjohnson', 'katherine@acme.example', ['CLAIMS_READ']],
    ['svc-batch', null, ['BATCH']],
    ['jdoe', 'jdoe@gone.example', []],
  ]
  for (const account of accounts) {
    await sql(
      'INSERT INTO application_accounts (application_id, account, email, privileges) VALUES ($1, $2, $3, $4)',
      [id, ...account],
    )
  }
  return id
}

const metrics = {
  rows: 4120,
  accounts: 1208,
  new_accounts: 12,
  removed_accounts: 310,
  new_privileges: 40,
  removed_privileges: 955,
  unmatched: 17,
  change_percent: 21,
}

async function addImports(sql: Sql, application_id: string) {
  const add = async (status: string, more: { log?: string; metrics?: object; rows?: number }) => {
    const id = uuidv7()
    await sql(
      `INSERT INTO application_imports (id, application_id, type, status, created_by, build_start,
         build_end, log, metrics, rows_done, rows_total)
       VALUES ($1, $2, 'manual', $3::application_import_status, 'Ada Lovelace',
         now() - interval '90 seconds',
         CASE WHEN $3::text IN ('finished', 'failed', 'canceled') THEN now() END,
         $4, $5, $6, 4120)`,
      [id, application_id, status, more.log ?? null, more.metrics ?? null, more.rows ?? 4120],
    )
    await sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name, size)
       SELECT $1, $2, id, 'accounts-of-the-night.csv', 182044 FROM file_groups
       WHERE application_id = $3 ORDER BY position LIMIT 1`,
      [uuidv7(), id, application_id],
    )
    return id
  }
  await add('canceled', { rows: 20 })
  return {
    finished: await add('finished', { metrics }),
    failed: await add('failed', {
      rows: 16,
      log: 'accounts-of-the-night.csv: line 17, column email: must be an e-mail address',
    }),
    paused: await add('paused', { metrics }),
    running: await add('running', { rows: 1300 }),
  }
}

/** As somebody and a worker would have, some time ago. */
async function advance(sql: Sql, events: Record<string, { id: string }>): Promise<void> {
  const done = (id: string | undefined, stage: string, by: string) =>
    sql(
      `UPDATE personnel_event_stages SET status = 'done', at = now() - interval '2 days', by = $3
       WHERE event_id = $1 AND name = $2`,
      [id, stage, by],
    )
  const become = (id: string | undefined, status: string) =>
    sql('UPDATE personnel_events SET status = $2::personnel_event_status WHERE id = $1', [
      id,
      status,
    ])
  const { offboard, transition, leave } = events
  await done(offboard?.id, 'approve', 'Ada Lovelace')
  await become(offboard?.id, 'scheduled')
  await done(transition?.id, 'approve', 'Ada Lovelace')
  await done(transition?.id, 'transition', 'system')
  await become(transition?.id, 'open')
  await done(leave?.id, 'approve', 'Ada Lovelace')
  await done(leave?.id, 'suspend', 'system')
  await become(leave?.id, 'snoozed')
}
