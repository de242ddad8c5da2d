import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/given.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
/** Another writer, whose transaction the request has to wait for. */
let other: pg.Client
beforeAll(async () => {
  server = await startServer()
  other = new pg.Client({ connectionString: server.database.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await server.close()
})

/** The grant stays, and gives nothing any more that changes anything. */
const loseGrant = `UPDATE grants SET role_id = (SELECT id FROM roles WHERE name = 'read-only') WHERE id = $1`

type Call = { method: string; path: string; body?: unknown }

/**
 * Sends a request while a row that it needs is locked, past the guard and so far admitted; then commits
 * what the other writer changed meanwhile.
 */
async function overtaken(
  { method, path, body }: Call,
  as: string,
  [lock, id]: [string, string],
  loss: [string, unknown[]],
) {
  await other.query('BEGIN')
  await other.query(`SELECT 1 FROM ${lock} WHERE id = $1 FOR UPDATE`, [id])
  const answer = server.call(method, path, { as, ...(body !== undefined && { body }) })
  await eventually(async () => {
    const waiting = await server.database.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return waiting.length > 0
  })
  await other.query(...loss)
  const before = await server.traces()
  await other.query('COMMIT')
  const { status, body: answered } = await answer
  return { status, details: answered?.details, before }
}

/** An administrator of one tenant, by one grant, and somebody else there. */
async function scene() {
  const { given } = server
  const tenant = await given.tenant()
  const caller = await given.person({ tenants: [tenant.id] })
  const grant = await given.grant(caller.id, { role: 'admin', tenant_id: tenant.id })
  const target = await given.person({ tenants: [tenant.id] })
  const token = await given.token(target.id, { tenants: [tenant.id] })
  return { tenant, caller, grant, target, token }
}

type Scene = Awaited<ReturnType<typeof scene>>

const changes: [string, (scene: Scene, role: string) => Call][] = [
  [
    'giving a role',
    ({ target, tenant }, role_id) => ({
      method: 'POST',
      path: `/users/${target.id}/grants`,
      body: { role_id, tenant_id: tenant.id },
    }),
  ],
  [
    'blocking a token',
    ({ tenant, token }) => ({
      method: 'PUT',
      path: `/tenants/${tenant.id}/tokens/${token.id}/block`,
      body: { reason: 'exports at night' },
    }),
  ],
  [
    'revoking a token of another',
    ({ target, token }) => ({ method: 'DELETE', path: `/users/${target.id}/tokens/${token.id}` }),
  ],
  [
    'taking a tenant',
    ({ target, tenant }) => ({
      method: 'DELETE',
      path: `/users/${target.id}/tenants/${tenant.id}`,
    }),
  ],
  ['deleting a user', ({ target }) => ({ method: 'DELETE', path: `/users/${target.id}` })],
]

describe('A change does not commit on a right that was lost while it waited', () => {
  it.each(changes)('%s: when the caller’s grant is taken', async (_, change) => {
    const one = await scene()
    const role = await server.given.role(['users.read'])
    const { status, before } = await overtaken(
      change(one, role),
      one.caller.as,
      ['users', one.target.id],
      [loseGrant, [one.grant]],
    )
    expect(status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it.each(changes)('%s: when the caller’s session ends', async (_, change) => {
    const one = await scene()
    const role = await server.given.role(['users.read'])
    const { status, before } = await overtaken(
      change(one, role),
      one.caller.as,
      ['sessions', one.caller.session_id],
      [
        `UPDATE sessions SET ended_at = now(), ended_reason = 'signed_out' WHERE id = $1`,
        [one.caller.session_id],
      ],
    )
    expect(status).toBe(401)
    expect(await server.traces()).toEqual(before)
  })

  it('making a token of one’s own: it stores nothing that was lost meanwhile', async () => {
    const { caller, grant, tenant } = await scene()
    const { status, before } = await overtaken(
      {
        method: 'POST',
        path: '/me/tokens',
        body: { name: 'late', permissions: ['users.create'], tenants: [tenant.id] },
      },
      caller.as,
      ['users', caller.id],
      [loseGrant, [grant]],
    )
    expect(status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('making a token for an account: it stores nothing that the account lost meanwhile', async () => {
    const { given } = server
    const { caller, tenant } = await scene()
    const account = await given.serviceAccount([tenant.id])
    const grant = await given.grant(account, { role: 'admin', tenant_id: tenant.id })
    const { status, before } = await overtaken(
      {
        method: 'POST',
        path: `/users/${account}/tokens`,
        body: { name: 'late', permissions: ['users.create'], tenants: [tenant.id] },
      },
      caller.as,
      ['users', account],
      [loseGrant, [grant]],
    )
    expect(status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('approving more tokens: when the permission is taken out of the role', async () => {
    const { given, database } = server
    const role = await given.role(['token_limits.approve'])
    const caller: Person = await given.person()
    await database.sql(
      'INSERT INTO grants (id, user_id, role_id) VALUES (gen_random_uuid(), $1, $2)',
      [caller.id, role],
    )
    const asking = await given.person()
    const request = await given.limitRequest(asking.id)
    const { status, before } = await overtaken(
      { method: 'POST', path: `/token-limit-requests/${request}/approve`, body: {} },
      caller.as,
      ['users', asking.id],
      [`UPDATE roles SET permissions = '{users.read}' WHERE id = $1`, [role]],
    )
    expect(status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })
})

describe('While a change is under way', () => {
  it('nobody takes the right from its caller: who tries waits until it has committed', async () => {
    const { given, call } = server
    const one = await scene()
    const role = await given.role(['users.read'])
    const superior = await given.admin()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM roles WHERE id = $1 FOR UPDATE', [role])
    const order: string[] = []
    const given_ = call('POST', `/users/${one.target.id}/grants`, {
      as: one.caller.as,
      body: { role_id: role, tenant_id: one.tenant.id },
    }).then(({ status }) => order.push(`given ${status}`))
    const waiting = (count: number) =>
      eventually(async () => {
        const rows = await server.database.sql(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return rows.length >= count
      })
    await waiting(1)
    const taken = call('DELETE', `/users/${one.caller.id}/grants/${one.grant}`, {
      as: superior.as,
    }).then(({ status }) => order.push(`taken ${status}`))
    await waiting(2)
    await other.query('COMMIT')
    await Promise.all([given_, taken])
    expect(order).toEqual(['given 201', 'taken 204'])
  })
})
