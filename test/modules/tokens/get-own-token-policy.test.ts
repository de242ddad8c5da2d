import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const dayMs = 86_400_000

async function policyOf(as: string) {
  const { status, body } = await server.call('GET', '/me/token-policy', { as })
  expect(status).toBe(200)
  return body
}

describe('GET /me/token-policy', () => {
  it('tells a person how many live tokens they have, of how many, and what a new one must be like', async () => {
    const { given } = server
    const person = await given.person({ token_limit: 5 })
    await given.token(person.id)
    await given.token(person.id, { expires_at: new Date(Date.now() + dayMs) })
    await given.token(person.id, { expires_at: new Date(Date.now() - 500) })
    await given.token(person.id, { revoked: true })
    await given.token((await given.person()).id)

    expect(await policyOf(person.as)).toEqual({
      default_token_lifetime_days: 30,
      max_token_lifetime_days: null,
      never_expiring_tokens_allowed: true,
      token_limit: 5,
      live_tokens: 2,
    })
  })

  it('tells a token nothing of its siblings', async () => {
    const person = await server.given.person()
    const token = await server.given.token(person.id)
    await server.given.token(person.id)

    expect(await policyOf(token.as)).toMatchObject({ token_limit: 3, live_tokens: null })
  })

  it('counts a raised limit only until its end', async () => {
    const person = await server.given.person({ token_limit: 8 })
    await server.database.sql(
      `UPDATE users SET token_limit_until = now() - interval '1 second' WHERE id = $1`,
      [person.id],
    )
    expect(await policyOf(person.as)).toMatchObject({ token_limit: 3 })
  })

  it('allows no token without an end while there is a maximum, and that is what holds', async () => {
    const { given, call, database } = server
    const person = await given.person({ grants: [{ permissions: ['roles.read'] }] })
    await database.sql(
      'UPDATE settings SET max_token_lifetime_days = 60, default_token_lifetime_days = 14',
    )

    expect(await policyOf(person.as)).toMatchObject({
      default_token_lifetime_days: 14,
      max_token_lifetime_days: 60,
      never_expiring_tokens_allowed: false,
    })
    const create = (fields: object) =>
      call('POST', '/me/tokens', { as: person.as, body: { name: 'a token', ...fields } })
    expect((await create({ expires_at: null })).status).toBe(400)
    expect((await create({ expires_in_days: 61 })).status).toBe(400)
    expect((await create({ expires_in_days: 60 })).status).toBe(201)
    await database.sql('UPDATE settings SET max_token_lifetime_days = NULL')
    await database.sql('UPDATE settings SET never_expiring_tokens_allowed = false')
    expect(await policyOf(person.as)).toMatchObject({
      max_token_lifetime_days: null,
      never_expiring_tokens_allowed: false,
    })
  })

  it('refuses a call without a credential', async () => {
    expect((await server.call('GET', '/me/token-policy')).status).toBe(401)
  })
})
