import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiOperation, operationsOf, pathOf } from '../support/operations.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
const operations = operationsOf(server.app)
const isList = ({ method, url, operationId }: ApiOperation) =>
  method === 'GET' && operationId.startsWith('list') && url.startsWith('/api/v1')
const lists = operations.filter(isList)

/** Enough rows that a query for each of them would show. */
const rows = 12

let as: string
let ids: Record<string, string>
const asked: string[] = []
const query = pg.Client.prototype.query

beforeAll(async () => {
  const { given, call } = server
  const admin = await given.admin()
  as = admin.as
  const tenant = await given.tenant()
  const owner = await given.person({ tenants: [tenant.id], token_limit: 10 })
  const application = await given.application(tenant.id)
  const webhook = await given.webhook(tenant.id)
  for (let at = 0; at < rows; at += 1) {
    const other = await given.tenant()
    const { email } = await given.person({ tenants: [tenant.id] })
    await given.identity(tenant.id, { email })
    await given.application(tenant.id)
    const import_id = await given.applicationImport(application.id, 'finished')
    await server.database.sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name)
       VALUES (gen_random_uuid(), $1, $2, 'accounts.csv')`,
      [import_id, application.file_groups[0]?.id],
    )
    await server.database.sql(
      'INSERT INTO application_accounts (application_id, account, email, privileges) VALUES ($1, $2, $2, $3)',
      [application.id, email, ['READ']],
    )
    await given.personnelEvent(tenant.id, owner.id, [await given.role(['users.read'])])
    await given.serviceAccount([tenant.id])
    await given.grant(owner.id, { permissions: ['users.read'], tenant_id: other.id })
    await given.token(owner.id, { tenants: [tenant.id, other.id] })
    await given.token(admin.id, { tenants: [tenant.id] })
    await given.systemToken()
    await given.limitRequest((await given.person()).id)
    await given.session(admin.id)
    await given.webhook(tenant.id)
    await given.delivery(webhook.id)
    await given.externalIdentity(admin.id, await given.identityProvider())
    await call('PATCH', `/tenants/${tenant.id}`, { as, body: { name: `Name ${at}` } })
  }
  for (let at = 0; at < rows; at += 1) {
    await server.database.sql(
      `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason, status)
       VALUES (gen_random_uuid(), $1, 5, 'more', 'denied')`,
      [admin.id],
    )
  }
  ids = {
    '/api/v1/users/:id/grants': owner.id,
    '/api/v1/users/:id/tokens': owner.id,
    '/api/v1/users/:id/sessions': admin.id,
    '/api/v1/users/:id/external-identities': admin.id,
    '/api/v1/applications/:id/accounts': application.id,
    '/api/v1/webhooks/:id/deliveries': webhook.id,
    '/api/v1/tenants/:id/members': tenant.id,
    '/api/v1/tenants/:id/tokens': tenant.id,
  }
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }]
    asked.push(typeof first === 'string' ? first : first.text)
    return query.apply(this, args as never)
  } as unknown as typeof query
})
afterAll(async () => {
  pg.Client.prototype.query = query
  await server.close()
})

/** The statements of one call, apart from the shared look at the feed of changes. */
async function statementsOf(path: string) {
  asked.length = 0
  const { status, body } = await server.call('GET', path, { as })
  expect({ path, status }).toEqual({ path, status: 200 })
  const statements = asked.filter((text) => !text.includes('authority_changes'))
  return { rows: body.data.length as number, statements }
}

describe('A list', () => {
  it.each(lists)('$operationId asks no more for many rows than for one', async (operation) => {
    const path = pathOf(operation, { id: ids[operation.url] ?? '' })
    // What is prepared once per connection, and what is kept, is there from the second call on.
    await statementsOf(`${path}?limit=100`)

    const one = await statementsOf(`${path}?limit=1`)
    const many = await statementsOf(`${path}?limit=100`)

    expect(one.rows).toBe(1)
    expect(many.rows).toBeGreaterThanOrEqual(Math.min(rows, 8))
    expect(many.statements.length).toBeGreaterThan(0)
    expect(many.statements.length).toBeLessThanOrEqual(one.statements.length)
    expect(many.statements.length).toBeLessThanOrEqual(10)
  })

  it.each(lists.filter(({ operationId }) => operationId !== 'listAuditEvents'))(
    '$operationId looks for no page beyond its end',
    async (operation) => {
      const path = pathOf(operation, { id: ids[operation.url] ?? '' })

      const { rows, statements } = await statementsOf(`${path}?page=1000000`)

      expect(rows).toBe(0)
      expect(statements.some((text) => text.includes('COUNT('))).toBe(true)
      // The catalogue, which the process may just read anew, has an order too, and is not asked for by Prisma.
      const pages = statements.filter((text) =>
        /("public"|application_accounts).*ORDER BY/s.test(text),
      )
      expect(pages).toEqual([])
    },
  )
})
