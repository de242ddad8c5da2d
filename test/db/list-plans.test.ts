import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodesOf, type PlanNode } from '../../scripts/plans/plan-node.ts'
import { filled, type List, listsOf, pathFor } from '../../scripts/plans/requests.ts'
import { startServer } from '../support/server.ts'

/** Of these a caller sees few: the tokens of one owner or one tenant, the sessions and requests of one person. */
const ofFew =
  /^list(OwnTokens|UserTokens|TenantTokens|SystemTokens|Grants|OwnSessions|UserSessions|OwnExternalIdentities|UserExternalIdentities|OwnToken)/
/** Kept whole in a few pages: the catalogue, and what a platform has one of. */
const small = [
  ...['roles', 'permissions', 'settings'],
  ...['identity_providers', 'identity_provider_grants'],
]
const ofSmall = ['listRoles', 'listPermissions', 'listIdentityProviders', 'listSsoProviders']

const server = await startServer()
const lists = listsOf()
const asked: { text: string; values: unknown[] }[] = []
const query = pg.Client.prototype.query
const client = new pg.Client({ connectionString: server.database.url })

let caller: Parameters<typeof pathFor>[1]
let known: Record<string, string>

beforeAll(async () => {
  await client.connect()
  await fill()
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, values] = args as [string | { text: string; values?: unknown[] }, unknown[]?]
    if (typeof first === 'object')
      asked.push({ text: first.text, values: first.values ?? values ?? [] })
    return query.apply(this, args as never)
  } as unknown as typeof query
}, 120_000)
afterAll(async () => {
  pg.Client.prototype.query = query
  await client.end()
  await server.close()
})

/** Enough of everything that each filter finds something, and that a search by index is cheaper than none. */
async function fill() {
  const { given, database } = server
  const admin = await given.admin()
  const tenant = await given.tenant('production')
  const person = await given.person({ tenants: [tenant.id], grants: [{ role: 'read-only' }] })
  await given.token(admin.id, { name: words, tenants: [tenant.id] })
  await given.token(person.id, { name: words, tenants: [tenant.id] })
  await given.systemToken({ name: words })
  const application = await given.application(tenant.id, { name: words })
  const provider = await given.identityProvider()
  for (const one of [admin, person]) await given.externalIdentity(one.id, provider)
  const webhook = await given.webhook(tenant.id)
  for (const text of rows) await database.sql(text, text.includes('$1') ? [tenant.id] : [])
  await database.sql(accountRows, [application.id])
  await database.sql(hookRows[0], [tenant.id])
  await database.sql(hookRows[1], [webhook.id])
  const [event] = await database.sql<{ actor: string; target: string; correlation: string }>(
    `SELECT actor_id AS actor, target_id AS target, correlation_id AS correlation FROM audit_events
     WHERE correlation_id = repeat('0', 32)`,
  )
  const role = await given.roleId('read-only')
  await database.sql('VACUUM ANALYZE')
  caller = {
    name: 'administrator',
    as: admin.as,
    user_id: admin.id,
    tenant_id: tenant.id,
    someone_id: person.id,
    application_id: application.id,
    webhook_id: webhook.id,
  }
  const [{ identity }] = (await database.sql('SELECT id AS identity FROM identities LIMIT 1')) as [
    { identity: string },
  ]
  known = { ...event, role, identity, rare_role: await given.roleId('admin'), cursor: laterThanAll }
}

/** What the searches look for; in few rows, or there would be no sense in an index. */
const words = 'kalomine zzzzz xa'
/** Where a page would have ended before everything else. */
const laterThanAll = Buffer.from(
  '2999-01-01T00:00:00.000Z 00000000-0000-7000-8000-000000000001',
).toString('base64url')
const name = `CASE WHEN n <= 20 THEN '${words}' ELSE md5(n::text) END`

const rows = [
  `INSERT INTO roles (id, name, permissions) VALUES (gen_random_uuid(), '${words}', '{}')`,
  `INSERT INTO permissions (name, scope, description) VALUES ('product.use', 'tenant', '${words}')`,
  `INSERT INTO tenants (id, slug, name, type, status)
   SELECT gen_random_uuid(), 'xa-' || n, ${name}, 'test',
     CASE n % 50 WHEN 1 THEN 'suspended' WHEN 2 THEN 'retired' ELSE 'active' END::tenant_status
   FROM generate_series(1, 4000) AS n`,
  `INSERT INTO users (id, email, name, status)
   SELECT gen_random_uuid(), 'xa' || n || '@plans.test', ${name},
     (ARRAY['active', 'invited', 'deactivated'])[1 + n % 3]::user_status
   FROM generate_series(1, 2000) AS n`,
  `INSERT INTO users (id, is_service_account, name, status)
   SELECT gen_random_uuid(), true, 'xa ' || ${name}, (ARRAY['active', 'deactivated'])[1 + n % 2]::user_status
   FROM generate_series(1, 1000) AS n`,
  `INSERT INTO accountable_people (service_account_id, user_id)
   SELECT (SELECT id FROM users WHERE is_service_account AND name LIKE 'xa %' LIMIT 1), id FROM users
   WHERE NOT is_service_account AND status = 'active' LIMIT 1`,
  `INSERT INTO tenant_scopes (id, user_id, tenant_id)
   SELECT gen_random_uuid(), id, $1 FROM users ON CONFLICT DO NOTHING`,
  `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason, status)
   SELECT gen_random_uuid(), id, 5, 'more', (ARRAY['pending', 'approved', 'denied'])[1 + row_number() OVER () % 3]::token_limit_request_status
   FROM users`,
  `INSERT INTO audit_events (id, at, actor_id, actor_name, action, target_type, target_id, tenant_ids, correlation_id)
   SELECT gen_random_uuid(), '2024-06-01'::timestamptz + n * interval '1 day', gen_random_uuid(), 'xa',
     (ARRAY['token.created', 'settings.updated', 'nothing.happened'])[1 + n % 3], 'token', 'it ' || n,
     ARRAY[$1::uuid], CASE n WHEN 1 THEN repeat('0', 32) ELSE md5(n::text) END
   FROM generate_series(1, 2000) AS n`,
  `INSERT INTO identities (id, tenant_id, first_name, last_name, email, status, inactivated_at)
   SELECT gen_random_uuid(), $1, 'xa ' || n, ${name}, 'xa' || n || '@plans.test',
     (ARRAY['active', 'disabled', 'removed'])[1 + n % 3]::identity_status, now()
   FROM generate_series(1, 2500) AS n`,
  `INSERT INTO applications (id, tenant_id, name, priority, is_archived)
   SELECT gen_random_uuid(), $1, ${name} || ' ' || n,
     (ARRAY['none', 'low', 'moderate', 'high', 'critical'])[1 + n % 5]::application_priority, n % 9 = 0
   FROM generate_series(1, 2500) AS n`,
  `INSERT INTO personnel_events (id, tenant_id, type, status, failure, identity_id, effective_date, reporter_id,
     reporter_name, reporter_credential_kind, reporter_credential_id)
   SELECT gen_random_uuid(), $1,
     (ARRAY['onboard', 'offboard', 'role_transition', 'leave_of_absence'])[1 + n % 4]::personnel_event_type,
     (ARRAY['failed', 'completed', 'canceled', 'pending', 'scheduled', 'open', 'snoozed'])[1 + n % 7]::personnel_event_status,
     CASE n % 7 WHEN 0 THEN 'it' END, id, current_date, (SELECT id FROM users LIMIT 1), 'HRIS', 'session', id
   FROM (SELECT id, row_number() OVER () AS n FROM identities) AS numbered`,
  `INSERT INTO application_imports (id, application_id, type, status, created_by, created_at, build_end)
   SELECT gen_random_uuid(), a.id, 'api', status, 'xa', '2026-01-01'::timestamptz + n * interval '1 minute',
     CASE WHEN status IN ('finished', 'failed', 'canceled') THEN now() END
   FROM (SELECT id, row_number() OVER () AS n FROM applications) a, LATERAL (
     SELECT (ARRAY['pending', 'running', 'paused', 'canceling', 'canceled', 'finished', 'failed'])
       [1 + n % 7]::application_import_status AS status) AS s`,
]
const hookRows = [
  `INSERT INTO webhooks (id, tenant_id, url, event_types, secret, created_by, created_at)
   SELECT gen_random_uuid(), $1, 'https://example.com', '{token.*}', 'x', gen_random_uuid(),
     '2026-01-01'::timestamptz + n * interval '1 minute'
   FROM generate_series(1, 2500) AS n`,
  `INSERT INTO webhook_deliveries (id, webhook_id, type, payload, created_at)
   SELECT gen_random_uuid(), $1, 'x', '{}', '2026-01-01'::timestamptz + n * interval '1 minute'
   FROM generate_series(1, 2500) AS n`,
] as const
const accountRows = `
  INSERT INTO application_accounts (application_id, account, email, privileges)
  SELECT $1, 'xa ' || ${name} || n, 'xa' || n || '@plans.test', '{READ}' FROM generate_series(1, 3000) AS n`

/** A page, and what finds the ids of a short list. */
const ofPage =
  /LIMIT \$\d+|^SELECT "public"\."(users|identities|applications|application_imports|personnel_events)"\."id" FROM/
const ofTotal = /^SELECT COUNT\(/

/** The plans of these of a list's statements, where some ways of reading are a last resort. */
async function plansOf(
  list: List,
  asking: string,
  statements: RegExp,
  lastResorts: string[],
): Promise<PlanNode[]> {
  asked.length = 0
  const path = `${pathFor(list, caller)}?${filled(asking, caller, known)}`
  const { status } = await server.call('GET', path, { as: caller.as })
  expect({ path, status }).toEqual({ path, status: 200 })
  const those = asked.filter(({ text }) => statements.test(text))
  await client.query('BEGIN')
  try {
    for (const one of lastResorts) await client.query(`SET LOCAL enable_${one} = off`)
    const plans: PlanNode[] = []
    for (const { text, values } of those) {
      const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, values)
      plans.push(rows[0]['QUERY PLAN'][0].Plan)
    }
    return plans
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Where PostgreSQL had to take a last resort: there is no index for it. */
const lacking = (plans: PlanNode[]) =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node.Disabled && !small.includes(node['Relation Name'] ?? ''))
    .map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`.trim())

describe('An index backs every page of', () => {
  const cases = lists.flatMap((list) =>
    list.queries
      .filter((one) => !/^(page|limit)=/.test(one))
      .map((one) => ({ list, asking: one, name: `${list.operationId}?${one}` })),
  )

  it.each(cases)('$name', async ({ list, asking }) => {
    const isSorted = !ofFew.test(list.operationId) && !ofSmall.includes(list.operationId)
    const lastResorts = isSorted ? ['seqscan', 'sort'] : ['seqscan']
    const plans = await plansOf(list, asking, ofPage, lastResorts)
    expect(lacking(plans)).toEqual([])
    expect(plans.length).toBeGreaterThan(0)
  })
})

describe('A search is a look-up of', () => {
  it.each([
    ['listUsers', 'users_name_email_idx'],
    ['listServiceAccounts', 'users_name_email_idx'],
    ['listMembers', 'users_name_email_idx'],
    ['listTokenLimitRequests', 'users_name_email_idx'],
    ['listTenants', 'tenants_name_slug_idx'],
    ['listOwnTenants', 'tenants_name_slug_idx'],
    ['listIdentities', 'identities_first_name_last_name_email_idx'],
    ['listApplications', 'applications_name_idx'],
  ])('%s by %s', async (operationId, index) => {
    const list = lists.find((one) => one.operationId === operationId) as List
    const lastResorts = ['seqscan', 'indexscan', 'indexonlyscan']
    const plans = await plansOf(list, 'search=kalomine', ofTotal, lastResorts)
    expect(plans.flatMap(nodesOf).map((node) => node['Index Name'])).toContain(index)
    expect(lacking(plans)).toEqual([])
  })
})

describe('An index that is gone', () => {
  it('is missed', async () => {
    const list = lists.find(({ operationId }) => operationId === 'listUsers') as List
    const lastResorts = ['seqscan', 'sort']
    expect(lacking(await plansOf(list, 'sort=-email', ofPage, lastResorts))).toEqual([])

    await server.database.sql('DROP INDEX users_listed_last_email_idx')

    expect(lacking(await plansOf(list, 'sort=-email', ofPage, lastResorts))).toContain('Sort')
  })
})
