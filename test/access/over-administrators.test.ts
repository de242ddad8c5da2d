import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../support/given.ts'
import { type ApiOperation, operationsOf, pathOf } from '../support/operations.ts'
import { startServer } from '../support/server.ts'

// Started here and not in beforeAll: the tests themselves are made from the server's table of routes.
const server = await startServer()
const writes = operationsOf(server.app).filter(
  ({ method, url }) => method !== 'GET' && /^\/api\/v1\/users\/:id(\/|$)/.test(url),
)
afterAll(() => server.close())

let tenant: string
let provider: { id: string; issuer: string }
/** Of a role that all of them hold in the tenant. */
let role_id: string
/** Holds every permission of tenants in the tenant, and is nowhere else. */
let clerk: Person
let admin: Person
beforeAll(async () => {
  const { given, database } = server
  tenant = (await given.tenant()).id
  provider = await given.identityProvider()
  role_id = await given.role(['users.read'])
  const rows = await database.sql<{ name: string }>(
    `SELECT name FROM permissions WHERE scope = 'tenant'`,
  )
  const permissions = rows.map(({ name }) => name)
  clerk = await given.person({ tenants: [tenant], grants: [{ permissions, tenant_id: tenant }] })
  admin = await given.admin()
})

/** What an operation is for. */
const statusFor: Record<string, string> = {
  activateUser: 'deactivated',
  renewInvitation: 'invited',
}

/** Somebody who administers the platform, with all that an operation may name, none of it the tenant's alone. */
async function chief(operationId: string, scope: string[]) {
  const { given, database } = server
  const status = statusFor[operationId] ?? 'active'
  const person = await given.person({ tenants: scope, status, grants: [{ role: 'admin' }] })
  const { id } = person
  const sql = 'SELECT id FROM grants WHERE user_id = $1'
  const [grant] = await database.sql<{ id: string }>(sql, [id])
  await given.passkey(id)
  return {
    id,
    tenant_id: 'any',
    grant_id: grant?.id ?? '',
    session_id: person.session_id,
    token_id: (await given.token(id, { tenants: ['any'] })).id,
    external_identity_id: await given.externalIdentity(id, provider),
  }
}

/** A service account that administers the platform: nobody creates tokens for people. */
async function robot(scope: string[]) {
  const id = await server.given.serviceAccount(scope)
  await server.given.grant(id, { role: 'admin' })
  return { id }
}

/** Where what the schema has for an example is not meant for these. */
const bodies: Record<string, () => unknown> = {
  updateUser: () => ({ name: 'Nobody' }),
  createGrant: () => ({ role_id, tenant_id: null }),
  createAccountToken: () => ({ name: 'more', permissions: ['tenants.create'], tenants: [tenant] }),
}

async function prepared({ operationId, exampleBody, ...operation }: ApiOperation, scope: string[]) {
  const params: Record<string, string> =
    operationId === 'createAccountToken' ? await robot(scope) : await chief(operationId, scope)
  const body = bodies[operationId]?.() ?? exampleBody
  const path = pathOf({ operationId, exampleBody, ...operation }, params)
  const call = ({ as }: Person) =>
    server.call(operation.method, path, body === undefined ? { as } : { as, body })
  return { id: params['id'], call }
}

const rowsOf = (id: string | undefined) =>
  server.database.sql(
    `SELECT to_jsonb(u) AS person,
       (SELECT json_agg(s ORDER BY s.id) FROM sessions s WHERE s.user_id = u.id) AS sessions,
       (SELECT json_agg(t ORDER BY t.id) FROM tokens t WHERE t.owner_id = u.id) AS tokens
     FROM users u WHERE u.id = $1`,
    [id],
  )

describe('Whoever holds all there is in a tenant, over an administrator of the platform', () => {
  it('is looked at in every operation that writes below a user', () => {
    const ids = writes.map(({ operationId }) => operationId)
    expect(ids).toEqual(
      expect.arrayContaining(['updateUser', 'deleteUser', 'createGrant', 'endUserCredentials']),
    )
    expect(ids.length).toBeGreaterThanOrEqual(15)
  })

  it.each(writes)('is refused $name, which writes nothing; an equal is not', async (operation) => {
    for (const scope of [[tenant], ['any', tenant]]) {
      const { id, call } = await prepared(operation, scope)
      const before = [await server.traces(), await rowsOf(id)]
      const { status, body } = await call(clerk)
      expect([403, 404]).toContain(status)
      // Not for want of a fresh sign-in.
      expect(['forbidden', 'not_found']).toContain(body.error)
      expect([await server.traces(), await rowsOf(id)]).toEqual(before)
    }
    // So it was nothing but who asked.
    const { call } = await prepared(operation, ['any', tenant])
    const { status, text } = await call(admin)
    expect([200, 201, 204], text).toContain(status)
  })

  // ADR 8: who is in a tenant, by which roles and with which tokens there, is for whoever administers it.
  it('has a say over what is of the tenant alone, which leaves the platform’s as it was', async () => {
    const { id, token_id } = await chief('unassignTenant', ['any', tenant])
    const inTenant = await server.given.token(id, { tenants: [tenant] })
    const path = `/users/${id}`
    const by = async (method: string, below: string, body?: object) =>
      (await server.call(method, `${path}${below}`, { as: clerk.as, body })).status

    expect(await by('POST', '/grants', { role_id, tenant_id: tenant })).toBe(201)
    expect(await by('DELETE', `/tokens/${inTenant.id}`)).toBe(204)
    expect(await by('DELETE', `/tenants/${tenant}`)).toBe(204)

    const { body } = await server.call('GET', path, { as: admin.as })
    expect(body).toMatchObject({ status: 'active', tenants: ['any'] })
    const [left] = await server.database.sql(
      `SELECT (SELECT count(*)::int FROM grants WHERE user_id = $1 AND tenant_id IS NULL) AS grants,
         (SELECT revoked_at FROM tokens WHERE id = $2) AS revoked_at`,
      [id, token_id],
    )
    expect(left).toEqual({ grants: 1, revoked_at: null })
  })
})
