import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let admin: Person
/** May set everything up, and holds nothing else. */
let clerk: Person
beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: 'https://postern.test' })
  admin = await server.given.admin()
  clerk = await server.given.person({
    tenants: ['any'],
    grants: [{ permissions: ['settings.read', 'settings.write'] }],
  })
})
afterAll(() => server.close())

const secret = 'a secret that nobody sees again'
const bodyOf = (more: object = {}) => {
  const id = uuidv7()
  return { name: id, issuer: `https://${id}.example.com`, client_id: 'postern', ...more }
}
const create = (body: object, as = admin.as) =>
  server.call('POST', '/identity-providers', { as, body })
const change = (id: string, body: object, as = admin.as, query = '') =>
  server.call('PATCH', `/identity-providers/${id}${query}`, { as, body })
const unchanged = async (action: () => Promise<{ status: number }>) => {
  const before = await server.traces()
  const answer = await action()
  expect(await server.traces()).toEqual(before)
  return answer
}

describe('POST /identity-providers', () => {
  it('answers with the provider, its address of return, and without the secret', async () => {
    const asked = bodyOf({ client_secret: secret, allowed_domains: ['example.com'] })
    const { status, body, text } = await create(asked)

    expect(status).toBe(201)
    const { client_secret: _, ...shown } = asked as { client_secret?: string }
    expect(body).toEqual({
      ...shown,
      id: expect.any(String),
      has_client_secret: true,
      redirect_uri: `https://postern.test/api/v1/auth/sso/${body.id}/callback`,
      jit: { enabled: false, tenants: [], grants: [] },
      is_enabled: true,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    expect(text).not.toContain(secret)
    const { text: again } = await server.call('GET', `/identity-providers/${body.id}`, admin)
    expect(again).not.toContain(secret)
    const [row] = await server.database.sql<{ client_secret: Buffer }>(
      'SELECT client_secret FROM identity_providers WHERE id = $1',
      [body.id],
    )
    expect(row?.client_secret.length).toBeGreaterThan(secret.length)
    expect(row?.client_secret.includes('secret')).toBe(false)
    expect(server.logs.join('')).not.toContain(secret)
  })

  it.each([
    ['http://example.com', 'must be an https URL'],
    ['https://user:word@example.com', 'must not hold credentials'],
    ['https://example.com/#x', 'must not hold a fragment'],
    ['https://example.com/?x=1', 'must not hold a query'],
    ['https://EXAMPLE.com/', 'must be spelled https://example.com'],
    ['https://example.com/a/../b', 'must be spelled https://example.com/b'],
    ['https://example.com/.well-known/openid-configuration', 'must be the issuer'],
    ['ldap://example.com', 'must be an https URL'],
    ['example.com', 'must be a URL'],
  ])('refuses an issuer that is none: %s', async (issuer, message) => {
    const answer = await unchanged(() => create(bodyOf({ issuer })))
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'issuer', message: expect.stringContaining(message) }] },
    })
  })

  it('takes an issuer with a slash at its end, or a path, as it is', async () => {
    for (const path of ['/', '/realms/one', '/realms/one/']) {
      const issuer = `https://${uuidv7()}.example.com${path}`
      expect((await create(bodyOf({ issuer }))).body.issuer).toBe(issuer)
    }
  })

  it('refuses a name or an issuer that another has, until that is deleted', async () => {
    const first = bodyOf()
    const { body } = await create(first)
    for (const field of ['name', 'issuer'] as const) {
      const answer = await unchanged(() => create(bodyOf({ [field]: first[field] })))
      expect(answer).toMatchObject({ status: 409, body: { errors: [{ field }] } })
    }
    expect((await server.call('DELETE', `/identity-providers/${body.id}`, admin)).status).toBe(204)
    expect((await create(first)).status).toBe(201)
  })

  it('refuses people from anywhere', async () => {
    const jit = { enabled: true, tenants: ['any'], grants: [] }
    const answer = await unchanged(() => create(bodyOf({ jit })))
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'allowed_domains' }] },
    })
  })

  it.each(['Example.com', '*.example.com', '@example.com', 'localhost', 'a..b', ''])(
    'refuses a domain that is none: %p',
    async (domain) => {
      const answer = await unchanged(() => create(bodyOf({ allowed_domains: [domain] })))
      expect(answer.status).toBe(400)
    },
  )
})

describe('Nobody gives new people what they don’t hold', () => {
  const domains = { allowed_domains: ['example.com'] }
  const jitOf = async (enabled = true) => ({
    enabled,
    tenants: ['any'],
    grants: [{ role_id: await server.given.roleId('admin'), tenant_id: null }],
  })

  it('who holds it may', async () => {
    const jit = await jitOf()
    const { status, body } = await create(bodyOf({ jit, ...domains }))
    expect({ status, jit: body.jit }).toEqual({ status: 201, jit })
  })

  it('who doesn’t is refused, for a role, a scope, and no scope, enabled or to be enabled later', async () => {
    const role_id = await server.given.role(['users.read'])
    const tenant = await server.given.tenant()
    const none = { tenants: [] as string[], grants: [] as object[] }
    for (const jit of [
      await jitOf(),
      await jitOf(false),
      { enabled: true, ...none },
      { enabled: true, ...none, tenants: [tenant.id] },
      { enabled: true, ...none, grants: [{ role_id, tenant_id: tenant.id }] },
    ]) {
      const answer = await unchanged(() => create(bodyOf({ jit, ...domains }), clerk.as))
      expect(answer.status).toBe(403)
    }
    expect((await create(bodyOf(domains), clerk.as)).status).toBe(201)
  })

  it('who doesn’t can’t open wider what somebody else set up, but can close it', async () => {
    const { body } = await create(bodyOf({ jit: await jitOf(), ...domains }))
    for (const wider of [
      { allowed_domains: ['example.com', 'evil.example'] },
      { client_id: 'mine' },
      { client_secret: 'mine' },
      { jit: { enabled: true, tenants: ['any'], grants: [] } },
    ]) {
      const answer = await unchanged(() => change(body.id, wider, clerk.as))
      expect(answer.status).toBe(403)
    }
    expect((await change(body.id, { name: uuidv7() }, clerk.as)).status).toBe(200)
    expect((await change(body.id, { is_enabled: false }, clerk.as)).status).toBe(200)
    const opened = await unchanged(() => change(body.id, { is_enabled: true }, clerk.as))
    expect(opened.status).toBe(403)
    const off = { enabled: false, tenants: [], grants: [] }
    expect((await change(body.id, { jit: off }, clerk.as)).status).toBe(200)
    expect((await change(body.id, { is_enabled: true }, clerk.as)).status).toBe(200)
  })

  it('a role that new people get is not widened by who doesn’t hold the more, nor deleted', async () => {
    const role_id = await server.given.role(['tenants.read'])
    const jit = { enabled: true, tenants: ['any'], grants: [{ role_id, tenant_id: null }] }
    expect((await create(bodyOf({ jit, ...domains }))).status).toBe(201)
    const editor = await server.given.person({
      tenants: ['any'],
      grants: [{ permissions: ['roles.read', 'roles.write'] }],
    })
    const widen = (as: string) =>
      server.call('PATCH', `/roles/${role_id}`, {
        as,
        body: { version: 1, permissions: ['tenants.read', 'users.grants'] },
      })

    expect((await unchanged(() => widen(editor.as))).status).toBe(403)
    const deleted = await unchanged(() => server.call('DELETE', `/roles/${role_id}`, admin))
    expect(deleted.status).toBe(409)
    expect((await widen(admin.as)).status).toBe(200)
  })
})

describe('PATCH /identity-providers/{id}', () => {
  it('changes what is named, and nothing else', async () => {
    const { body } = await create(bodyOf({ client_secret: secret }))
    const changed = await change(body.id, { name: 'Renamed', allowed_domains: ['example.org'] })
    expect(changed.body).toEqual({
      ...body,
      name: 'Renamed',
      allowed_domains: ['example.org'],
      updated_at: expect.any(String),
      effect: null,
    })
    const cleared = await change(body.id, { client_secret: null })
    expect(cleared.body.has_client_secret).toBe(false)
  })

  it('does not change the issuer: everybody would be somebody else', async () => {
    const { body } = await create(bodyOf())
    const answer = await unchanged(() => change(body.id, { issuer: 'https://evil.example' }))
    expect(answer.status).toBe(400)
    await expect(
      server.pool.query(`UPDATE identity_providers SET issuer = 'https://evil.example'`),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('leaves no event where nothing changes', async () => {
    const { body } = await create(bodyOf())
    const answer = await unchanged(() => change(body.id, { name: body.name, is_enabled: true }))
    expect(answer.status).toBe(200)
  })
})

/** A provider by which somebody has signed in who also has a token. */
async function inUse() {
  const { given } = server
  const provider = await given.identityProvider()
  const person = await given.person({ tenants: ['any'], grants: [{ role: 'read-only' }] })
  await given.externalIdentity(person.id, provider)
  await given.cameFrom(person.session_id, provider)
  const byPassword = await given.session(person.id)
  const token = await given.token(person.id, { permissions: ['users.read'], tenants: ['any'] })
  await given.token(person.id, { revoked: true })
  const gone = await given.person({ status: 'deactivated' })
  await given.externalIdentity(gone.id, provider)
  await given.token(gone.id)
  const statusOf = async (as: string) => (await server.call('GET', '/me', { as })).status
  return { provider, person, byPassword, token, statusOf }
}
const effect = { people: 1, locked_out: 1, sessions: 1, tokens: 1 }

describe('A provider that is disabled or deleted', () => {
  it.each([
    [
      'disabled',
      (id: string) => change(id, { is_enabled: false }),
      { status: 200, body: { is_enabled: false, effect } },
    ],
    [
      'deleted',
      (id: string) => server.call('DELETE', `/identity-providers/${id}`, admin),
      { status: 204 },
    ],
  ])(
    'ends the sessions that came from it at once, and nothing else: %s',
    async (_, end, answer) => {
      const { provider, person, byPassword, token, statusOf } = await inUse()
      expect(await statusOf(person.as)).toBe(200)

      expect(await end(provider.id)).toMatchObject(answer)

      expect(await statusOf(person.as)).toBe(401)
      expect(await statusOf(byPassword.as)).toBe(200)
      expect(await statusOf(token.as)).toBe(200)
    },
  )

  it('first tells whom it concerns, and changes nothing by that', async () => {
    const { provider, person, statusOf } = await inUse()
    const disabling = await unchanged(() =>
      change(provider.id, { is_enabled: false }, admin.as, '?dry_run=true'),
    )
    expect(disabling).toMatchObject({ status: 200, body: { is_enabled: false, effect } })
    const path = `/identity-providers/${provider.id}?dry_run=true`
    const deleting = await unchanged(() => server.call('DELETE', path, admin))
    expect(deleting).toMatchObject({ status: 200, body: effect })
    expect(await statusOf(person.as)).toBe(200)
  })

  it('tells how many have no other way in: neither password nor passkey nor another provider that is enabled', async () => {
    const { given } = server
    const provider = await given.identityProvider()
    const [on, off] = [
      await given.identityProvider(),
      await given.identityProvider({ is_enabled: false }),
    ]
    const linked = async (person: { id: string }) => {
      await given.externalIdentity(person.id, provider)
      return person.id
    }
    await linked(await given.withPassword())
    await given.passkey(await linked(await given.person()))
    await given.externalIdentity(await linked(await given.person()), on)
    await given.externalIdentity(await linked(await given.person()), off)
    await linked(await given.person())
    await linked(await given.person({ status: 'deactivated' }))
    const { body } = await server.call(
      'DELETE',
      `/identity-providers/${provider.id}?dry_run=true`,
      admin,
    )
    expect(body).toEqual({ people: 5, locked_out: 2, sessions: 0, tokens: 0 })
  })

  it('is not ended by who comes by it alone: nobody might be left who could invite them', async () => {
    const { given, call } = server
    const own = await given.admin()
    const provider = await given.identityProvider()
    await given.externalIdentity(own.id, provider)
    const path = `/identity-providers/${provider.id}`
    expect((await unchanged(() => call('DELETE', path, own))).status).toBe(409)
    const disabling = await unchanged(() => change(provider.id, { is_enabled: false }, own.as))
    expect(disabling.status).toBe(409)
    await given.passkey(own.id)
    expect((await change(provider.id, { is_enabled: false }, own.as)).status).toBe(200)
    expect((await call('DELETE', path, own)).status).toBe(204)
  })

  it('revives no session when it is enabled again', async () => {
    const { provider, person, statusOf } = await inUse()
    await change(provider.id, { is_enabled: false })
    expect((await change(provider.id, { is_enabled: true })).status).toBe(200)
    expect(await statusOf(person.as)).toBe(401)
  })

  it('is gone once it is deleted, with what it knew of people', async () => {
    const { provider } = await inUse()
    const path = `/identity-providers/${provider.id}`
    expect((await server.call('DELETE', path, admin)).status).toBe(204)
    for (const method of ['GET', 'DELETE']) {
      expect((await server.call(method, path, admin)).status).toBe(404)
    }
    const known = await server.database.sql(
      'SELECT 1 FROM external_identities WHERE identity_provider_id = $1',
      [provider.id],
    )
    expect(known).toEqual([])
  })
})
