import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const remove = (as: string | null, id: string) => server.call('DELETE', `/me/tokens/${id}`, { as })

describe('DELETE /me/tokens/{id} 204', () => {
  it('ends the token with the next request', async () => {
    const { given, call } = server
    const owner = await given.person()
    const token = await given.token(owner.id)
    expect((await call('GET', '/me', { as: token.as })).status).toBe(200)

    const { status, text } = await remove(owner.as, token.id)

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect((await call('GET', '/me', { as: token.as })).status).toBe(401)
  })

  it('leaves a tombstone that says when, by whom and why', async () => {
    const { given, call } = server
    const owner = await given.person()
    const token = await given.token(owner.id, { name: 'CI' })
    const start = Date.now()

    await remove(owner.as, token.id)

    const listed = await call('GET', '/me/tokens', { as: owner.as })
    expect(listed.body.data).toEqual([])
    const ended = await call('GET', '/me/tokens?include=ended', { as: owner.as })
    const single = await call('GET', `/me/tokens/${token.id}`, { as: owner.as })
    for (const tombstone of [ended.body.data[0], single.body]) {
      expect(tombstone).toMatchObject({
        id: token.id,
        name: 'CI',
        status: 'revoked',
        revoked_by: owner.id,
        revoked_reason: 'deleted by its owner',
      })
      expect(Math.abs(Date.parse(tombstone.revoked_at) - start)).toBeLessThan(5000)
    }
  })

  it('writes one event that says who and which', async () => {
    const { given, database } = server
    const owner = await given.person()
    const token = await given.token(owner.id, { name: 'CI' })

    const { headers } = await remove(owner.as, token.id)

    const events = await database.sql('SELECT * FROM audit_events WHERE target_id = $1', [token.id])
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      action: 'token.revoked',
      actor_id: owner.id,
      credential_id: owner.session_id,
      before: { name: 'CI' },
      correlation_id: headers.get('x-correlation-id'),
    })
  })

  it('ends an expired token for good', async () => {
    const { given } = server
    const owner = await given.person()
    const created_at = new Date(Date.now() - 2000)
    const expires_at = new Date(Date.now() - 1000)
    const token = await given.token(owner.id, { created_at, expires_at })

    expect((await remove(owner.as, token.id)).status).toBe(204)
  })

  it('makes room below the cap', async () => {
    const { given, call } = server
    const owner = await given.person({ grants: [{ permissions: ['roles.read'] }], token_limit: 1 })
    const token = await given.token(owner.id)
    const create = () => call('POST', '/me/tokens', { as: owner.as, body: { name: 'a' } })
    expect((await create()).status).toBe(409)

    await remove(owner.as, token.id)

    expect((await create()).status).toBe(201)
  })

  it('succeeds once where many come at once, with one event', async () => {
    const { given, database } = server
    const owner = await given.person()
    const token = await given.token(owner.id)

    const answers = await Promise.all(Array.from({ length: 10 }, () => remove(owner.as, token.id)))

    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([204, ...Array.from({ length: 9 }, () => 404)])
    const events = await database.sql('SELECT 1 FROM audit_events WHERE target_id = $1', [token.id])
    expect(events).toHaveLength(1)
  })
})

describe('DELETE /me/tokens/{id} 404', () => {
  it('answers a second delete, and writes nothing', async () => {
    const owner = await server.given.person()
    const token = await server.given.token(owner.id)
    await remove(owner.as, token.id)
    const before = await server.traces()

    expect((await remove(owner.as, token.id)).status).toBe(404)

    expect(await server.traces()).toEqual(before)
  })

  it('gives one answer for another’s token, an unknown id and a malformed one, and writes nothing', async () => {
    const { given } = server
    const admin = await given.admin()
    const foreign = await given.token((await given.person()).id)
    const before = await server.traces()
    const texts = []
    for (const id of [foreign.id, uuidv7(), 'nonsense']) {
      const { status, text, body } = await remove(admin.as, id)
      expect(status).toBe(404)
      texts.push(text.replace(body.correlationId, ''))
    }
    expect(new Set(texts).size).toBe(1)
    expect(await server.traces()).toEqual(before)
    expect((await server.call('GET', '/me', { as: foreign.as })).status).toBe(200)
  })
})

describe('DELETE /me/tokens/{id} 403', () => {
  it('refuses a token its own end and that of its siblings, whatever it may, and writes nothing', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const { body } = await call('POST', '/me/tokens', { as: admin.as, body: { name: 'full' } })
    const sibling = await given.token(admin.id)
    const before = await server.traces()

    for (const id of [body.id, sibling.id, uuidv7()]) {
      const answer = await remove(body.token, id)
      expect(answer.status).toBe(403)
      expect(answer.body.error).toBe('forbidden')
    }

    expect(await server.traces()).toEqual(before)
  })
})

describe('PUT and PATCH /me/tokens/{id} 405', () => {
  it.each(['PUT', 'PATCH'])(
    '%s tells to delete and create, and changes nothing',
    async (method) => {
      const { given, call } = server
      const owner = await given.person()
      const token = await given.token(owner.id)
      const before = await server.traces()

      const answer = await call(method, `/me/tokens/${token.id}`, {
        as: owner.as,
        body: { name: 'other' },
      })

      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD')
      expect(answer.body.error).toBe('method_not_allowed')
      expect(answer.body.message).toMatch(/delete it and create another/)
      expect(await server.traces()).toEqual(before)
    },
  )
})

describe('the database', () => {
  it.each([
    ['permissions', `permissions = '{users.read}'`],
    ['tenants', `tenants = '{any}'`],
    ['expiry', `expires_at = now() + interval '1 year'`],
    ['owner', 'owner_id = created_by, created_by = owner_id, name = name || 1'],
    ['secret', `token_hash = sha256('x')`],
  ])('refuses to change the %s of a token', async (_, change) => {
    const { given, database } = server
    const token = await given.token((await given.person()).id)

    await expect(
      database.sql(`UPDATE tokens SET ${change} WHERE id = $1`, [token.id]),
    ).rejects.toThrow('a token never changes')
  })

  it('refuses to take a revocation back, and to delete a token', async () => {
    const { given, database } = server
    const token = await given.token((await given.person()).id, { revoked: true })

    await expect(
      database.sql('UPDATE tokens SET revoked_at = NULL, revoked_by = NULL WHERE id = $1', [
        token.id,
      ]),
    ).rejects.toThrow('a revocation is final')
    await expect(database.sql('DELETE FROM tokens WHERE id = $1', [token.id])).rejects.toThrow(
      'a token is revoked, never deleted',
    )
  })
})
