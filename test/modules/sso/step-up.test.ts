import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EvilProvider, startEvilProvider } from '../../support/evil-provider.ts'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { publicUrl, queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'
import { addTotp, codeOf } from '../second-factors/enrolled.ts'

let server: TestServer
let source: EvilProvider
let provider: { id: string; issuer: string }
beforeAll(async () => {
  server = await startServer(ssoEnvironment)
  source = await startEvilProvider()
  provider = await server.given.identityProvider({ issuer: source.url })
})
afterAll(async () => {
  await server.close()
  await source.close()
})
beforeEach(() => source.behave({}))

const nowSeconds = () => Math.floor(Date.now() / 1000)

/** Somebody who signed in by the provider, where they are known by their id; 16 minutes ago. */
async function stale(): Promise<Person> {
  const { given, database } = server
  const person = await given.person()
  await given.externalIdentity(person.id, provider, person.id)
  await given.cameFrom(person.session_id, provider)
  await database.sql(
    `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
    [person.session_id],
  )
  return person
}

const start = (as: string, body: object = {}) =>
  server.call('POST', '/auth/step-up/sso', { as, body })

/** One of the routes that ask for a fresh sign-in. */
const ask = async ({ as }: Person) => (await server.call('POST', '/me/totp', { as })).status

/** Another one, which is no way to a factor. */
const startLinking = ({ as }: Person) =>
  server.call('POST', `/me/external-identities/${provider.id}/start`, { as, body: {} })

/** On the way back from the provider, which says this. */
async function back({ as }: Person, claims: object, without: string[] = []) {
  const browser = ssoBrowser(server)
  const { body, headers } = await start(as, { return_to: '/tokens/new' })
  browser.keepOf(headers)
  const { state = '', nonce = '' } = queryOf(body.authorization_url)
  source.nonce = nonce
  source.behave({ claims: { auth_time: nowSeconds(), ...claims }, without })
  return { browser, go: () => browser.back(provider, { code: 'a code', state }) }
}

async function unwritten(go: () => Promise<{ location: string | null }>) {
  const { sso_attempts: _, ...before } = await server.traces()
  const { location } = await go()
  const { sso_attempts: __, ...after } = await server.traces()
  expect(after).toEqual(before)
  return location
}

describe('Somebody who signed in by a provider a while ago', () => {
  it('is told to show there who they are', async () => {
    const person = await stale()
    const { status, body } = await server.call('POST', '/me/totp', { as: person.as })
    expect({ status, details: body.details }).toEqual({
      status: 403,
      details: { methods: ['sso'] },
    })
  })

  it('is asked anew there, and goes on in the same session; in others they do not', async () => {
    const person = await stale()
    const another = await server.given.session(person.id)
    await server.database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
      [another.session_id],
    )
    const asked = await start(person.as)
    expect(queryOf(asked.body.authorization_url)).toMatchObject({ prompt: 'login', max_age: '0' })

    const { browser, go } = await back(person, { sub: person.id })
    expect((await go()).location).toBe(`${publicUrl}/tokens/new`)

    // The session is the one that there was, so nobody is handed another.
    expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)
    expect(await ask(person)).toBe(200)
    expect(await ask({ ...person, as: another.as })).toBe(403)
    const [event] = await server.database.sql(
      `SELECT actor_id, credential_id, target_id, after FROM audit_events
       WHERE action = 'session.reauthenticated' AND actor_id = $1`,
      [person.id],
    )
    expect(event).toEqual({
      actor_id: person.id,
      credential_id: person.session_id,
      target_id: person.session_id,
      after: { method: 'sso' },
    })
  })

  it.each<[string, (person: Person) => object, string[]?]>([
    ['the provider says nothing of when', ({ id }) => ({ sub: id }), ['auth_time']],
    ['it knew them from before', ({ id }) => ({ sub: id, auth_time: nowSeconds() - 60 })],
    ['they were asked in the future', ({ id }) => ({ sub: id, auth_time: nowSeconds() + 3600 })],
    ['it is somebody whom nobody knows', () => ({ sub: 'a stranger' })],
  ])('stays asked where %s', async (_, claims, without = []) => {
    const person = await stale()
    const { go } = await back(person, claims(person), without)
    expect(await unwritten(go)).toContain('/tokens/new?error=sso_failed&correlation_id=')
    expect(await ask(person)).toBe(403)
  })

  it('stays asked where somebody else has shown who they are', async () => {
    const [person, other] = [await stale(), await stale()]
    const { go } = await back(person, { sub: other.id })
    expect(await unwritten(go)).toContain('error=sso_failed')
    expect([await ask(person), await ask(other)]).toEqual([403, 403])
  })

  it('stays asked in another browser than began it, and when they have signed out', async () => {
    const person = await stale()
    const elsewhere = await back(person, { sub: person.id })
    elsewhere.browser.cookies.clear()
    expect(await unwritten(elsewhere.go)).toContain('error=sso_failed')
    const { go } = await back(person, { sub: person.id })
    await server.database.sql(`UPDATE sessions SET ended_at = now() WHERE id = $1`, [
      person.session_id,
    ])
    expect(await unwritten(go)).toContain('error=sso_failed')
  })

  it('shows it once: who comes back again is refused', async () => {
    const person = await stale()
    const { browser, go } = await back(person, { sub: person.id })
    await go()
    await server.database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
      [person.session_id],
    )
    expect(browser.cookies.has('__Host-postern_sso')).toBe(false)
    expect(await unwritten(go)).toContain('error=sso_failed')
    expect(await ask(person)).toBe(403)
  })
})

describe('POST /auth/step-up/sso', () => {
  it('is of no use to who did not sign in by a provider, or by one that is gone, and to a token', async () => {
    const { given } = server
    const person = await given.person()
    const token = await given.token(person.id)
    const before = await server.traces()
    expect((await start(person.as)).status).toBe(409)
    expect((await start(token.as)).status).toBe(403)
    expect((await start(person.as, { return_to: '//evil.example' })).status).toBe(400)
    expect(await server.traces()).toEqual(before)
  })
})

describe('A sign-in by a provider', () => {
  async function signedIn(claims: object) {
    const person = await server.given.person()
    await server.given.externalIdentity(person.id, provider, person.id)
    const browser = ssoBrowser(server)
    const { location } = await browser.start(provider)
    const { state = '', nonce = '' } = queryOf(location)
    source.nonce = nonce
    source.behave({ claims: { sub: person.id, ...claims } })
    await browser.back(provider, { code: 'a code', state })
    const { body } = await browser.refresh()
    return { ...person, as: body.access_token as string }
  }

  it('is as old as the provider says: who was asked there this morning is asked for a fresh one', async () => {
    expect(await ask(await signedIn({ auth_time: nowSeconds() - 3600 }))).toBe(403)
    expect(await ask(await signedIn({ auth_time: nowSeconds() - 60 }))).toBe(200)
  })

  it('is never fresh where the provider says nothing of when, though it was asked', async () => {
    const person = await signedIn({})
    expect((await server.call('GET', '/me', { as: person.as })).status).toBe(200)
    const { body } = await server.call('GET', '/me/sessions', { as: person.as })
    const current = body.data.find((one: { is_current: boolean }) => one.is_current)
    expect(current.authenticated_at).toBeNull()
    await server.database.sql('UPDATE settings SET step_up_minutes = 1440')
    expect((await startLinking(person)).status).toBe(403)
    await server.database.sql('UPDATE settings SET step_up_minutes = 0')
    expect((await startLinking(person)).status).toBe(200)
    await server.database.sql('UPDATE settings SET step_up_minutes = 15')
  })

  it('that is of unknown age lets a first factor be enrolled, which can be shown from then on', async () => {
    const person = await signedIn({})
    const { as } = person
    const secret = await addTotp(server, person)
    const refusal = await startLinking(person)
    expect([refusal.status, refusal.body.details.methods]).toEqual([403, ['totp', 'sso']])
    const body = { code: codeOf(secret) }
    expect((await server.call('POST', '/auth/step-up', { as, body })).status).toBe(204)
    expect((await startLinking(person)).status).toBe(200)
  })

  it.each([
    [
      'began long ago',
      `UPDATE sessions SET created_at = now() - interval '16 minutes' WHERE user_id = $1`,
    ],
    [
      'is of somebody who has a password to show',
      `UPDATE users SET password_hash = 'x' WHERE id = $1`,
    ],
    [
      'is as old as the provider said',
      `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE user_id = $1`,
    ],
  ])(
    'that is of unknown age and %s lets no factor be enrolled, and nothing is written',
    async (_, change) => {
      const person = await signedIn({})
      await server.database.sql(change, [person.id])
      const before = await server.traces()
      for (const path of ['/me/totp', '/me/passkeys/options']) {
        const { status, body } = await server.call('POST', path, { as: person.as })
        expect([status, body.error]).toEqual([403, 'reauthentication_required'])
      }
      expect(await server.traces()).toEqual(before)
    },
  )

  it('that is of unknown age lets nothing else be done that needs a fresh one', async () => {
    const person = await signedIn({})
    const before = await server.traces()
    for (const [path, body] of [
      ['/me/tokens', { name: 'x' }],
      [`/me/external-identities/${provider.id}/start`, {}],
      ['/me/recovery-codes', undefined],
    ] as const) {
      const answer = await server.call('POST', path, { as: person.as, body })
      expect([answer.status, answer.body.error]).toEqual([403, 'reauthentication_required'])
    }
    expect(await server.traces()).toEqual(before)
  })

  it('that is of unknown age becomes fresh by what is shown there', async () => {
    const person = await signedIn({})
    const { go } = await back(person, { sub: person.id })
    await go()
    expect(await ask(person)).toBe(200)
  })
})
