import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let admin: Person
beforeAll(async () => {
  server = await startServer()
  admin = await server.given.admin()
})
afterAll(() => server.close())

/** A person with `tenants.read` in a tenant, and a token that stores just that. */
async function holder() {
  const { given, call } = server
  const tenant = await given.tenant()
  const role = await given.role(['tenants.read'])
  const person = await given.person({ tenants: [tenant.id] })
  // Who has no password is invited again by an activation, and not active.
  await server.database.sql(`UPDATE users SET password_hash = 'none' WHERE id = $1`, [person.id])
  const path = `/users/${person.id}`
  const granted = await change('POST', `${path}/grants`, { role_id: role, tenant_id: tenant.id })
  const created = await call('POST', '/me/tokens', { as: person.as, body: { name: 'a' } })
  const { id, token } = created.body
  return { person, tenant, role, path, grant: granted.body.id, id, token }
}

/** A change by the administrator, which is in force when it returns. */
async function change(method: string, path: string, body?: object) {
  const answer = await server.call(method, path, { as: admin.as, body })
  expect([200, 201, 204]).toContain(answer.status)
  return answer
}

/** What reading the tenant answers to the session and to the token, on the very next request. */
async function reading({ person, token, tenant }: Awaited<ReturnType<typeof holder>>) {
  const session = await server.call('GET', `/tenants/${tenant.id}`, { as: person.as })
  const pat = await server.call('GET', `/tenants/${tenant.id}`, { as: token })
  return {
    session: [session.status, session.body.details?.leg],
    pat: [pat.status, pat.body.details?.leg],
  }
}

const works = { session: [200, undefined], pat: [200, undefined] }

const storedSets = ({ id }: { id: string }) =>
  server.database.sql(
    'SELECT permissions, tenants, expires_at, revoked_at FROM tokens WHERE id = $1',
    [id],
  )

describe('the loss of a permission', () => {
  it('is in force on the next request, and so is its regain', async () => {
    const held = await holder()
    const stored = await storedSets(held)
    expect(await reading(held)).toEqual(works)

    await change('DELETE', `${held.path}/grants/${held.grant}`)
    expect(await reading(held)).toEqual({
      session: [403, 'owner_permission'],
      pat: [403, 'owner_permission'],
    })

    await change('POST', `${held.path}/grants`, { role_id: held.role, tenant_id: held.tenant.id })
    expect(await reading(held)).toEqual(works)
    expect(await storedSets(held)).toEqual(stored)
  })

  it('leaves what another grant still gives', async () => {
    const held = await holder()
    const other = await server.given.role(['tenants.read', 'users.read'])
    await change('POST', `${held.path}/grants`, { role_id: other, tenant_id: null })

    await change('DELETE', `${held.path}/grants/${held.grant}`)

    expect(await reading(held)).toEqual(works)
  })
})

describe('the gain of a permission', () => {
  it('flows into the session and not into the token, which did not store it', async () => {
    const held = await holder()
    const role = await server.given.role(['users.read'])

    await change('POST', `${held.path}/grants`, { role_id: role, tenant_id: held.tenant.id })

    const asSession = await server.call('GET', '/users', { as: held.person.as })
    const asToken = await server.call('GET', '/users', { as: held.token })
    expect(asSession.status).toBe(200)
    expect(asToken.status).toBe(403)
    expect(asToken.body.details).toMatchObject({
      permission: 'users.read',
      leg: 'token_permission',
    })
  })
})

describe('the loss of a tenant', () => {
  it('is in force on the next request, and so is its regain', async () => {
    const held = await holder()
    const stored = await storedSets(held)

    await change('DELETE', `${held.path}/tenants/${held.tenant.id}`)
    // The token names the tenant, so its owner knows of it; the session is told nothing.
    expect(await reading(held)).toEqual({ session: [404, undefined], pat: [403, 'owner_tenant'] })

    await change('PUT', `${held.path}/tenants/${held.tenant.id}`)
    expect(await reading(held)).toEqual(works)
    expect(await storedSets(held)).toEqual(stored)
  })
})

describe('the suspension of a tenant', () => {
  it('is in force on the next request, and so is its end', async () => {
    const held = await holder()
    const set = (status: string) =>
      server.database.sql(`UPDATE tenants SET status = '${status}' WHERE id = $1`, [held.tenant.id])

    await set('suspended')
    expect(await reading(held)).toEqual({
      session: [403, 'tenant_status'],
      pat: [403, 'tenant_status'],
    })

    await set('active')
    expect(await reading(held)).toEqual(works)
  })
})

describe('a tenant’s block of a token', () => {
  it('stops the token there and nothing else', async () => {
    const held = await holder()
    await server.database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'x', $3)`,
      [held.id, held.tenant.id, admin.id],
    )
    expect(await reading(held)).toEqual({ session: [200, undefined], pat: [403, 'tenant_block'] })

    await server.database.sql('DELETE FROM tenant_blocks WHERE token_id = $1', [held.id])
    expect(await reading(held)).toEqual(works)
  })
})

describe('the deactivation of an owner', () => {
  it('stops every credential on the next request; a later activation revives them', async () => {
    const held = await holder()
    const stored = await storedSets(held)

    await change('POST', `${held.path}/deactivate`)
    expect(await reading(held)).toEqual({ session: [401, undefined], pat: [401, undefined] })

    await change('POST', `${held.path}/activate`)
    expect(await reading(held)).toEqual(works)
    expect(await storedSets(held)).toEqual(stored)
  })

  it('does not bring back what was revoked before', async () => {
    const held = await holder()
    await server.call('DELETE', `/me/tokens/${held.id}`, { as: held.person.as })

    await change('POST', `${held.path}/deactivate`)
    await change('POST', `${held.path}/activate`)

    expect(await reading(held)).toEqual({ session: [200, undefined], pat: [401, undefined] })
  })
})

describe('a permission that is held in tenant A only', () => {
  it('gives nothing in tenant B, whatever the scopes hold', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const person = await given.person({
      tenants: [a.id, b.id],
      grants: [
        { permissions: ['tenants.read'], tenant_id: a.id },
        { permissions: ['users.read'], tenant_id: b.id },
      ],
    })
    const created = await call('POST', '/me/tokens', { as: person.as, body: { name: 'a' } })

    for (const as of [person.as, created.body.token]) {
      expect((await call('GET', `/tenants/${a.id}`, { as })).status).toBe(200)
      const inB = await call('GET', `/tenants/${b.id}`, { as })
      expect(inB.status).toBe(403)
      expect(inB.body.details).toEqual({
        permission: 'tenants.read',
        tenant_id: b.id,
        leg: 'owner_permission',
      })
      const listed = await call('GET', '/tenants', { as })
      expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([a.id])
    }
  })
})
