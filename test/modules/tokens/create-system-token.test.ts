import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, systemPrincipal, uuid7 } from '../users/expected.ts'

let server: TestServer
let administrator: { id: string; as: string }
beforeAll(async () => {
  server = await startServer()
  administrator = await server.given.admin()
})
afterAll(() => server.close())

let made = 0
const create = (body: object = {}, as = administrator.as) => {
  made += 1
  return server.call('POST', '/system/tokens', { as, body: { name: `import ${made}`, ...body } })
}

const settings = (change: string) => server.database.sql(`UPDATE settings SET ${change}`)
const asInstalled =
  'never_expiring_tokens_allowed = true, max_token_lifetime_days = NULL, default_token_lifetime_days = 30'
const daysOf = ({ created_at, expires_at }: { created_at: string; expires_at: string }) =>
  (Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000

async function storedExpiry(id: string): Promise<string | null> {
  const [row] = await server.database.sql<{ expires_at: Date | null }>(
    'SELECT expires_at FROM tokens WHERE id = $1',
    [id],
  )
  return row?.expires_at?.toISOString() ?? null
}

describe('POST /system/tokens 201', () => {
  it('makes a token of the system that holds everything everywhere', async () => {
    const { status, body, headers } = await create({ name: 'HR import', description: 'Nightly' })

    expect(status).toBe(201)
    expect(body).toMatchObject({
      id: uuid7,
      name: 'HR import',
      description: 'Nightly',
      status: 'active',
      created_at: instant,
      created_by: administrator.id,
      expires_at: instant,
      permissions: ['*.*'],
      tenants: ['any'],
      dormant: [],
    })
    expect(body.token).toMatch(/^postern_sys_[0-9A-Za-z]{49}$/)
    expect(body.hint).toBe(body.token.slice(-4))
    expect(headers.get('cache-control')).toBe('no-store')
    const me = await server.call('GET', '/me', { as: body.token })
    expect(me.body).toMatchObject({
      id: systemPrincipal,
      is_service_account: true,
      credential: { kind: 'personal_access_token', id: body.id, name: 'HR import' },
    })
    expect(me.body.authority).toEqual(body.authority)
  })

  it('stores nothing from which the secret could be had', async () => {
    const { token } = (await create()).body

    const rows = await server.database.sql("SELECT t::text FROM tokens t WHERE name LIKE 'import%'")

    expect(JSON.stringify(rows)).not.toContain(token)
    expect(server.logs.join('\n')).not.toContain(token)
  })

  it('reaches what is made later: a tenant, and a permission of the host product', async () => {
    const { call, given } = server
    const { token } = (await create()).body
    const tenant = (await given.tenant('production')).id
    const name = 'policies.quote'
    const body = { name, description: 'Quote' }
    expect((await call('POST', '/permissions', { as: token, body })).status).toBe(201)

    expect((await call('GET', `/tenants/${tenant}`, { as: token })).status).toBe(200)
    const asked = `/me/authority?permission=${name}&tenant_id=${tenant}`
    expect((await call('GET', asked, { as: token })).body).toMatchObject({ allowed: true })
    for (const path of ['/users', '/roles', '/audit-events', '/token-limit-requests']) {
      expect((await call('GET', path, { as: token })).status).toBe(200)
    }
  })

  it('acts under its own name, as the audit log tells', async () => {
    const { call, given } = server
    const { id, name, token } = (await create()).body
    const tenant = (await given.tenant()).id

    await call('PATCH', `/tenants/${tenant}`, { as: token, body: { name: 'Nord' } })

    const { body } = await call('GET', `/audit-events?target_id=${tenant}`, administrator)
    expect(body.data).toMatchObject([
      { actor_id: systemPrincipal, actor_name: name, credential_id: id, credential_name: name },
    ])
  })

  it('counts towards no limit', async () => {
    for (let at = 0; at < 12; at += 1) expect((await create()).status).toBe(201)
  })

  it('expires when it was asked to', async () => {
    const expires_at = '2099-01-31T00:00:00.000Z'

    expect((await create({ expires_at })).body.expires_at).toBe(expires_at)
    const { body } = await create({ expires_in_days: 7 })
    expect(daysOf(body)).toBe(7)
  })

  it.each([
    ['the default lifetime', 'default_token_lifetime_days = 30', 30],
    ['another default', 'default_token_lifetime_days = 45', 45],
    ['the most there may be', 'default_token_lifetime_days = 45, max_token_lifetime_days = 20', 20],
    ['the default where none lives for ever', 'never_expiring_tokens_allowed = false', 30],
  ])('expires by %s where no end is named', async (_, change, days) => {
    await settings(change)
    try {
      const { status, body } = await create()
      expect([status, daysOf(body)]).toEqual([201, days])
      expect(await storedExpiry(body.id)).toBe(body.expires_at)
    } finally {
      await settings(asInstalled)
    }
  })

  it('never expires where that is asked for', async () => {
    const { status, body } = await create({ expires_at: null })
    expect([status, body.expires_at]).toEqual([201, null])
    expect(await storedExpiry(body.id)).toBe(null)
  })

  it('goes on when who made it is deactivated, and when they are deleted', async () => {
    const { call, given } = server
    const maker = await given.admin()
    const { token } = (await create({}, maker.as)).body
    const works = async () => (await call('GET', '/users', { as: token })).status

    expect((await call('POST', `/users/${maker.id}/deactivate`, administrator)).status).toBe(200)
    expect(await works()).toBe(200)
    expect((await call('DELETE', `/users/${maker.id}`, administrator)).status).toBe(204)
    expect(await works()).toBe(200)
  })

  it('shows when it was last used, within seconds', async () => {
    const { call } = server
    const { id, token } = (await create()).body
    await call('GET', '/me', { as: token })

    await eventually(async () => {
      const { body } = await call('GET', '/system/tokens?limit=100', administrator)
      const listed = body.data.find((one: { id: string }) => one.id === id)
      return listed.last_used_at !== null && listed.last_used_ip === '127.0.0.1'
    }, 8000)
  })
})

describe('POST /system/tokens 400', () => {
  it.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['permissions', { permissions: ['users.read'] }, 'permissions'],
    ['tenants', { tenants: [] }, 'tenants'],
    ['roles', { roles: [] }, 'roles'],
    ['an end in the past', { expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['two ends', { expires_at: null, expires_in_days: 3 }, 'expires_at'],
    ['a year and a day', { expires_in_days: 366 }, 'expires_in_days'],
  ])('refuses %s', async (_, body, field) => {
    const request = { as: administrator.as, body: { name: 'refused', ...body } }
    const answer = await refused(server, 'POST', '/system/tokens', request)

    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual([field])
  })

  it.each(['never_expiring_tokens_allowed = false', 'max_token_lifetime_days = 90'])(
    'refuses a token that never expires where the settings say %s',
    async (change) => {
      await settings(change)
      try {
        const body = { name: 'refused', expires_at: null }
        const request = { as: administrator.as, body }
        const answer = await refused(server, 'POST', '/system/tokens', request)
        expect(answer.status).toBe(400)
        expect(fieldsOf(answer.body)).toEqual(['expires_at'])
        expect((await create({ expires_in_days: 30 })).status).toBe(201)
      } finally {
        await settings(asInstalled)
      }
    },
  )
})

describe('POST /system/tokens 403', () => {
  it('refuses every token, one with all permissions and a system token alike', async () => {
    const { database, given } = server
    const rows = await database.sql<{ name: string }>('SELECT name FROM permissions')
    const permissions = rows.map(({ name }) => name)
    const pat = await given.token(administrator.id, { permissions, tenants: ['any'] })
    for (const { as } of [pat, await given.systemToken()]) {
      const request = { as, body: { name: 'refused' } }
      const { status, body } = await refused(server, 'POST', '/system/tokens', request)
      expect({ status, error: body.error }).toEqual({ status: 403, error: 'forbidden' })
    }
  })

  const everything = async () => {
    const rows = await server.database.sql<{ name: string }>('SELECT name FROM permissions')
    return rows.map(({ name }) => name)
  }

  it.each<[string, () => Promise<object>, object]>([
    [
      'all permissions there are, and not those to come',
      async () => ({ tenants: ['any'], grants: [{ permissions: await everything() }] }),
      { permission: '*.*', tenant_id: null, leg: 'owner_permission' },
    ],
    [
      'everything in all tenants of a type only',
      async () => ({ tenants: ['type:test'], grants: [{ role: 'admin' }] }),
      { permission: '*.*', tenant_id: 'any', leg: 'owner_tenant' },
    ],
    [
      'the permission for system tokens alone',
      async () => ({ tenants: ['any'], grants: [{ permissions: ['system_tokens.manage'] }] }),
      { permission: '*.*', tenant_id: null, leg: 'owner_permission' },
    ],
    [
      'nothing',
      async () => ({ tenants: ['any'] }),
      { permission: 'system_tokens.manage', tenant_id: null, leg: 'owner_permission' },
    ],
  ])('refuses who holds %s', async (_, options, details) => {
    const { as } = await server.given.person(await options())

    const request = { as, body: { name: 'refused' } }
    const { status, body } = await refused(server, 'POST', '/system/tokens', request)

    expect(status).toBe(403)
    expect(body.details).toEqual(details)
  })
})

describe('POST /system/tokens 409', () => {
  it('refuses the name of a live system token, and takes that of one that ended', async () => {
    const first = (await create({ name: 'unique' })).body
    const request = { as: administrator.as, body: { name: 'unique' } }

    const { status, body } = await refused(server, 'POST', '/system/tokens', request)
    expect({ status, error: body.error }).toEqual({ status: 409, error: 'conflict' })
    expect(fieldsOf(body)).toEqual(['name'])

    await server.call('DELETE', `/system/tokens/${first.id}`, administrator)
    expect((await create({ name: 'unique' })).status).toBe(201)
  })

  it('makes one of many that want the same name at once', async () => {
    const attempts = Array.from({ length: 8 }, () => create({ name: 'contested' }))
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort()

    expect(statuses).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
  })
})
