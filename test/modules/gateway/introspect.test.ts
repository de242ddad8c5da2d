import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
/** A service of the host product, with nothing but the right to ask. */
let service: string
beforeAll(async () => {
  server = await startServer()
  const owner = await server.given.person({ grants: [{ permissions: ['tokens.introspect'] }] })
  service = (await server.given.token(owner.id, { permissions: ['tokens.introspect'] })).as
})
afterAll(() => server.close())

/** RFC 7662 §2.1: as a form. */
const introspect = (token: string, more = '') =>
  server.call('POST', '/introspect', {
    as: service,
    body: `token=${encodeURIComponent(token)}${more}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('POST /introspect', () => {
  it('tells what a token in force amounts to now', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const owner = await given.person({
      tenants: [a.id, b.id],
      grants: [
        { permissions: ['users.read', 'audit.read'], tenant_id: a.id },
        { permissions: ['roles.read'] },
      ],
    })
    const expires_at = new Date(Date.now() + 3_600_000)
    const token = await given.token(owner.id, {
      permissions: ['users.read', 'roles.read', 'tenants.read'],
      tenants: [a.id, b.id],
      expires_at,
    })

    const { status, body, headers } = await introspect(token.as, '&token_type_hint=access_token')

    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      active: true,
      scope: 'roles.read users.read',
      token_type: 'Bearer',
      kind: 'personal_access_token',
      iss: 'http://127.0.0.1:0',
      sub: owner.id,
      username: owner.email,
      jti: token.id,
      exp: Math.floor(expires_at.getTime() / 1000),
      authority: expect.arrayContaining([
        { tenant_id: null, permissions: ['roles.read'] },
        { tenant_id: a.id, permissions: ['users.read'] },
      ]),
    })
    expect(body.authority).toHaveLength(2)
  })

  it('takes JSON too, and the access token of a session', async () => {
    const person = await server.given.person({ grants: [{ permissions: ['roles.read'] }] })

    const { body } = await server.call('POST', '/introspect', {
      as: service,
      body: { token: person.as },
    })

    expect(body).toMatchObject({
      active: true,
      kind: 'session',
      sub: person.id,
      scope: 'roles.read',
    })
    expect(body.exp - Date.now() / 1000).toBeLessThanOrEqual(900)
  })

  it('leaves exp out of a token that never expires', async () => {
    const owner = await server.given.person()
    const { body } = await introspect((await server.given.token(owner.id)).as)
    expect(body).toMatchObject({ active: true, scope: '', authority: [] })
    expect(body).not.toHaveProperty('exp')
  })

  it('follows each loss with the next call', async () => {
    const { given, database } = server
    const owner = await given.person()
    const grant = await given.grant(owner.id, { permissions: ['roles.read'] })
    const token = await given.token(owner.id, { permissions: ['roles.read'] })
    expect((await introspect(token.as)).body.scope).toBe('roles.read')

    await database.sql('DELETE FROM grants WHERE id = $1', [grant])
    expect((await introspect(token.as)).body).toMatchObject({ active: true, scope: '' })

    await server.call('DELETE', `/me/tokens/${token.id}`, { as: owner.as })
    expect((await introspect(token.as)).text).toBe('{"active":false}')
  })

  it('yields {"active":false} and nothing else for whatever is not in force', async () => {
    const { given, database } = server
    const owner = await given.person()
    const gone = await given.person()
    const minute = 60_000
    const ended = await given.session(owner.id)
    await database.sql(
      `UPDATE sessions SET ended_at = now(), ended_reason = 'signed_out' WHERE id = $1`,
      [ended.session_id],
    )
    const tokens = {
      malformed: 'postern_pat_nonsense',
      'of another service': 'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
      'no token at all': '\u{1F511} \'" OR 1=1 --',
      revoked: (await given.token(owner.id, { revoked: true })).as,
      expired: (
        await given.token(owner.id, {
          created_at: new Date(Date.now() - 2 * minute),
          expires_at: new Date(Date.now() - minute),
        })
      ).as,
      'of a deactivated owner': (await given.token(gone.id)).as,
      'an ended session': ended.as,
      'a forged session': `${owner.as.slice(0, -4)}AAAA`,
    }
    await database.sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [gone.id])

    for (const [why, token] of Object.entries(tokens)) {
      const { status, text } = await introspect(token)
      expect({ why, status, text }).toEqual({ why, status: 200, text: '{"active":false}' })
    }
  })

  it('counts as a use of the token', async () => {
    const { given, database } = server
    const token = await given.token((await given.person()).id)
    await introspect(token.as)
    await eventually(async () => {
      const rows = await database.sql('SELECT 1 FROM token_usage WHERE token_id = $1', [token.id])
      return rows.length === 1
    })
  })

  it('leaves the address that a use of the token itself has told', async () => {
    const { given, database } = server
    const token = await given.token((await given.person()).id)
    await server.call('GET', '/me', { as: token.as })
    await introspect(token.as)
    await eventually(async () => {
      const rows = await database.sql<{ ip: string | null }>(
        'SELECT host(last_used_ip) AS ip FROM token_usage WHERE token_id = $1',
        [token.id],
      )
      return rows[0]?.ip === '127.0.0.1'
    })
  })

  it.each([
    ['no token', ''],
    ['an empty one', 'token='],
    ['two', 'token=a&token=b'],
    ['a field that is not known', 'token=a&tenant=b'],
    ['one that is too long', `token=${'a'.repeat(5000)}`],
  ])('refuses a form with %s', async (_, body) => {
    const { status, body: answer } = await server.call('POST', '/introspect', {
      as: service,
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect({ status, error: answer.error }).toEqual({ status: 400, error: 'validation_error' })
  })

  it('takes forms nowhere else', async () => {
    const owner = await server.given.person()
    const { status } = await server.call('POST', '/me/tokens', {
      as: owner.as,
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(status).toBe(415)
  })
})
