import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type EvilProvider, startEvilProvider } from '../../support/evil-provider.ts'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { publicUrl, queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'
import { addTotp } from '../second-factors/enrolled.ts'
import { password, signIn } from '../sign-in/people.ts'

let server: TestServer
let source: EvilProvider
let provider: { id: string; issuer: string; name: string }
beforeAll(async () => {
  server = await startServer(ssoEnvironment)
  source = await startEvilProvider()
  provider = await server.given.identityProvider({ issuer: source.url })
})
afterAll(async () => {
  await server.close()
  await source.close()
})

const startLinking = (as: string, body: object = {}) =>
  server.call('POST', `/me/external-identities/${provider.id}/start`, { as, body })

/** Somebody who is signed in, and on the way back from the provider as this subject. */
async function linking({ as }: { as: string }, sub: string, claims: object = {}) {
  const browser = ssoBrowser(server)
  const { status, body, headers } = await startLinking(as)
  expect(status).toBe(200)
  browser.keepOf(headers)
  const { state = '', nonce = '' } = queryOf(body.authorization_url)
  source.nonce = nonce
  source.behave({ claims: { sub, email: `${sub}@elsewhere.example`, ...claims } })
  return { browser, back: () => browser.back(provider, { code: 'a code', state }) }
}

async function signInAs(sub: string) {
  const browser = ssoBrowser(server)
  const { location } = await browser.start(provider)
  const { state = '', nonce = '' } = queryOf(location)
  source.nonce = nonce
  source.behave({ claims: { sub } })
  await browser.back(provider, { code: 'a code', state })
  const { status, body } = await browser.refresh()
  return { status, as: body?.access_token as string }
}

const identitiesOf = async ({ as }: { as: string }) =>
  (await server.call('GET', '/me/external-identities', { as })).body.data

async function unwritten(back: () => Promise<{ location: string | null }>, events = 0) {
  const { sso_attempts: _, audit_events = 0, ...before } = await server.traces()
  const { location } = await back()
  const { sso_attempts: __, audit_events: told, ...after } = await server.traces()
  expect({ ...after, told }).toEqual({ ...before, told: audit_events + events })
  return location
}

describe('An identity that is unlinked', () => {
  it('signs nobody in who was on the way back meanwhile', async () => {
    const person = await server.given.person()
    const id = await server.given.externalIdentity(person.id, provider, person.id)
    const browser = ssoBrowser(server)
    const { location } = await browser.start(provider)
    const { state = '', nonce = '' } = queryOf(location)
    source.nonce = nonce
    source.behave({ claims: { sub: person.id } })
    const sessions = async () => (await server.traces())['sessions']
    const before = await sessions()
    const unlinking = await server.pool.connect()
    try {
      await unlinking.query('BEGIN')
      await unlinking.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [person.id])
      const back = browser.back(provider, { code: 'a code', state })
      await eventually(async () => {
        const waiting = await server.database.sql(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return waiting.length > 0
      })
      await unlinking.query('DELETE FROM external_identities WHERE id = $1', [id])
      await unlinking.query('COMMIT')
      expect((await back).location).toContain('error=sso_failed')
    } finally {
      unlinking.release()
    }
    expect(await sessions()).toBe(before)
  })
})

describe('Somebody who is signed in', () => {
  it('links an identity, whatever its address, and then signs in by it', async () => {
    const ada = await server.given.person()
    const { browser, back } = await linking(ada, 'ada')
    const { location } = await back()
    expect(location).toBe(`${publicUrl}/settings/security`)
    // It was a link, and no sign-in.
    expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)

    expect(await identitiesOf(ada)).toEqual([
      {
        id: expect.any(String),
        identity_provider: { id: provider.id, name: provider.name, is_enabled: true },
        issuer: provider.issuer,
        subject: 'ada',
        email: 'ada@elsewhere.example',
        created_at: expect.any(String),
        last_used_at: null,
      },
    ])
    const { as } = await signInAs('ada')
    expect((await server.call('GET', '/me', { as })).body.id).toBe(ada.id)
    const [identity] = await identitiesOf(ada)
    expect(identity.last_used_at).toEqual(expect.any(String))
    const [event] = await server.database.sql(
      `SELECT actor_id, credential_id, target_id, after FROM audit_events
       WHERE action = 'external_identity.linked' AND target_id = $1`,
      [ada.id],
    )
    expect(event).toEqual({
      actor_id: ada.id,
      credential_id: ada.session_id,
      target_id: ada.id,
      after: {
        external_identity_id: identity.id,
        identity_provider_id: provider.id,
        issuer: provider.issuer,
        subject: 'ada',
      },
    })
  })

  it('is not linked to an identity that is somebody else’s', async () => {
    const [owner, thief] = [await server.given.person(), await server.given.person()]
    await server.given.externalIdentity(owner.id, provider, 'owner')
    const { back } = await linking(thief, 'owner')
    const location = await unwritten(back, 1)
    expect(location).toMatch(/\/settings\/security\?error=sso_identity_taken&correlation_id=/)
    const { as } = await signInAs('owner')
    expect((await server.call('GET', '/me', { as })).body.id).toBe(owner.id)
  })

  it('has one identity of each provider', async () => {
    const person = await server.given.person()
    await server.given.externalIdentity(person.id, provider, 'first of two')
    const { back } = await linking(person, 'second of two')
    expect(await unwritten(back, 1)).toContain('error=sso_identity_taken')
    const again = await linking(person, 'first of two')
    expect(await unwritten(again.back)).toBe(`${publicUrl}/settings/security`)
  })

  it('links no address where the provider says something that is none', async () => {
    const person = await server.given.person()
    await (await linking(person, person.id, { email: 'Ada <ada@example.com>' })).back()
    expect(await identitiesOf(person)).toMatchObject([{ subject: person.id, email: null }])
  })

  describe('at a provider that allows some domains alone', () => {
    const allow = (domains: string[]) =>
      server.database.sql('UPDATE identity_providers SET allowed_domains = $2 WHERE id = $1', [
        provider.id,
        domains,
      ])
    beforeAll(() => allow(['example.com']))
    afterAll(() => allow([]))

    it('links a verified address of these', async () => {
      const person = await server.given.person()
      const claims = { email: 'Ada@Example.com', email_verified: true }
      await (await linking(person, person.id, claims)).back()
      expect(await identitiesOf(person)).toMatchObject([{ email: 'ada@example.com' }])
    })

    it.each<[string, object]>([
      ['of another domain', { email_verified: true }],
      ['of one that ends like it', { email: 'a@not-example.com', email_verified: true }],
      ['that is not verified', { email: 'a@example.com' }],
      ['that a text says is verified', { email: 'a@example.com', email_verified: 'true' }],
      ['that is none', { email: 'example.com', email_verified: true }],
      ['of nobody', { email: null, email_verified: true }],
    ])('links no address %s', async (_, claims) => {
      const person = await server.given.person()
      const { back } = await linking(person, person.id, claims)
      expect(await unwritten(back)).toContain('/settings/security?error=sso_failed')
      expect(await identitiesOf(person)).toEqual([])
    })

    it('links none of a deleted user either, whom it knows already', async () => {
      const [gone, next] = [await server.given.person(), await server.given.person()]
      await server.given.externalIdentity(gone.id, provider, 'left')
      await server.database.sql(
        `UPDATE users SET status = 'deactivated', deleted_at = now() WHERE id = $1`,
        [gone.id],
      )
      expect(await unwritten((await linking(next, 'left')).back)).toContain('error=sso_failed')
      const claims = { email: 'left@example.com', email_verified: true }
      await (await linking(next, 'left', claims)).back()
      expect(await identitiesOf(next)).toMatchObject([{ subject: 'left' }])
    })
  })

  it('takes over the identity of a user who is deleted, which signed nobody in', async () => {
    const [gone, next] = [await server.given.person(), await server.given.person()]
    await server.given.externalIdentity(gone.id, provider, 'returned')
    await server.database.sql(
      `UPDATE users SET status = 'deactivated', deleted_at = now() WHERE id = $1`,
      [gone.id],
    )
    expect((await signInAs('returned')).status).toBe(401)
    await (await linking(next, 'returned')).back()
    const { as } = await signInAs('returned')
    expect((await server.call('GET', '/me', { as })).body.id).toBe(next.id)
  })

  it('is a person: the database takes no identity of a service account', async () => {
    const account = await server.given.serviceAccount([])
    await expect(server.given.externalIdentity(account, provider)).rejects.toThrow(
      'a service account has no identity at a provider',
    )
  })

  it.each([
    ['signed out', `UPDATE sessions SET ended_at = now(), ended_reason = 'x' WHERE user_id = $1`],
    ['idle too long', 'UPDATE sessions SET idle_expires_at = now() WHERE user_id = $1'],
    ['deactivated', `UPDATE users SET status = 'deactivated' WHERE id = $1`],
  ])('links nothing who is %s by the time that they are back', async (_, text) => {
    const person: Person = await server.given.person()
    const { back } = await linking(person, person.id)
    await server.database.sql(text, [person.id])
    expect(await unwritten(back)).toContain('/settings/security?error=sso_failed')
  })

  it('links nothing from a session that has not shown the factor that its person has', async () => {
    const thief = await signIn(server)
    const { back } = await linking(thief, `thief of ${thief.id}`)
    const other = await server.call('POST', '/auth/login', {
      body: { email: thief.email, password },
    })
    await addTotp(server, { as: other.body.access_token, id: thief.id })
    const before = await server.traces()
    const refused = await startLinking(thief.as)
    expect([refused.status, refused.body.error]).toEqual([403, 'reauthentication_required'])
    expect(await server.traces()).toEqual(before)
    // What was begun before is not finished either.
    expect(await unwritten(back)).toContain('error=sso_failed')
    const enrolled = await identitiesOf({ as: other.body.access_token })
    expect(enrolled).toEqual([])
  })

  it('links nothing in another browser than began it', async () => {
    const person = await server.given.person()
    const { browser, back } = await linking(person, person.id)
    browser.cookies.clear()
    expect(await unwritten(back)).toContain('/sign-in?error=sso_failed')
  })

  it('does not begin with a token, at a provider that is none, or to end elsewhere', async () => {
    const person = await server.given.person()
    const token = await server.given.token(person.id)
    expect((await startLinking(token.as)).status).toBe(403)
    expect((await startLinking(person.as, { return_to: '//evil.example' })).status).toBe(400)
    const off = await server.given.identityProvider({ is_enabled: false })
    const path = `/me/external-identities/${off.id}/start`
    expect((await server.call('POST', path, { as: person.as, body: {} })).status).toBe(404)
    const away = await server.given.identityProvider({ issuer: 'http://169.254.169.254' })
    const { status, body } = await server.call('POST', `/me/external-identities/${away.id}/start`, {
      as: person.as,
      body: {},
    })
    expect({ status, message: body.message }).toEqual({
      status: 422,
      message: 'The identity provider can’t be asked now',
    })
  })
})

describe('DELETE /me/external-identities/{id}', () => {
  it('unlinks, and ends the sessions that came from it, at once', async () => {
    const person = await server.given.withPassword()
    const id = await server.given.externalIdentity(person.id, provider, person.id)
    const { as } = await signInAs(person.id)
    expect((await server.call('GET', '/me', { as })).status).toBe(200)

    const path = `/me/external-identities/${id}`
    expect((await server.call('DELETE', path, { as: person.as })).status).toBe(204)

    expect((await server.call('GET', '/me', { as })).status).toBe(401)
    expect((await server.call('GET', '/me', { as: person.as })).status).toBe(200)
    expect((await signInAs(person.id)).status).toBe(401)
    expect((await server.call('DELETE', path, { as: person.as })).status).toBe(404)
  })

  it('leaves nobody without a way to sign in', async () => {
    const person = await server.given.person()
    const id = await server.given.externalIdentity(person.id, provider, person.id)
    const before = await server.traces()
    const { status } = await server.call('DELETE', `/me/external-identities/${id}`, person)
    expect(status).toBe(409)
    expect(await server.traces()).toEqual(before)
  })

  it('leaves who has a passkey, which stays then, as does the last identity of an enabled provider', async () => {
    const { given, call, database } = server
    const person = await given.person()
    const id = await given.externalIdentity(person.id, provider, person.id)
    const passkey = await given.passkey(person.id)
    const remove = async (path: string) => (await call('DELETE', path, { as: person.as })).status
    expect(await remove(`/me/external-identities/${id}`)).toBe(204)
    const off = await given.identityProvider({ is_enabled: false })
    await given.externalIdentity(person.id, off, person.id)

    const before = await server.traces()
    expect(await remove(`/me/passkeys/${passkey}`)).toBe(409)
    expect(await server.traces()).toEqual(before)
    await database.sql('UPDATE identity_providers SET is_enabled = true WHERE id = $1', [off.id])
    expect(await remove(`/me/passkeys/${passkey}`)).toBe(204)
  })

  it('is not for those of others', async () => {
    const [owner, other] = [await server.given.withPassword(), await server.given.withPassword()]
    const id = await server.given.externalIdentity(owner.id, provider, owner.id)
    const before = await server.traces()
    const { status } = await server.call('DELETE', `/me/external-identities/${id}`, other)
    expect(status).toBe(404)
    expect(await server.traces()).toEqual(before)
  })
})
