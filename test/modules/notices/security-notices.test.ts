import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEvilProvider } from '../../support/evil-provider.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'
import { origin, signIn, withPasskey, withTotp } from '../second-factors/enrolled.ts'
import { sender } from './work.ts'

let server: TestServer
let mail: MailServer
beforeAll(async () => {
  mail = await startMailServer()
  const settings = {
    SMTP_URL: mail.url,
    ...sender,
    TRUST_PROXY: '127.0.0.1',
    GEOIP_DATABASE: join(import.meta.dirname, '../../fixtures/GeoLite2-City-Test.mmdb'),
    ...ssoEnvironment,
    PUBLIC_URL: origin,
  }
  server = await startServer(settings, null, { withWorker: true })
}, 60_000)
afterAll(async () => {
  await server.close()
  await mail.close()
})

/** What this person was mailed, when all that has happened has been passed on. */
async function lettersTo(email: string) {
  await server.traces()
  return mail.mails.filter(({ to }) => to.includes(email))
}
const subjectsTo = async (email: string) =>
  (await lettersTo(email)).map(({ headers }) => headers['subject'] ?? '')

describe('A sign-in', () => {
  it('is told of when the device or the network is new, and not when both are known', async () => {
    const { id, email, password } = await server.given.withPassword()
    await server.database.sql('DELETE FROM sessions WHERE user_id = $1', [id])
    const signIn = async (ip: string, agent: string) => {
      const headers = { 'x-forwarded-for': ip, 'user-agent': agent }
      const body = { email, password }
      expect((await server.call('POST', '/auth/login', { body, headers })).status).toBe(200)
      return (await lettersTo(email)).length
    }
    expect(await signIn('192.0.2.7', 'Firefox/140.0')).toBe(0)
    expect(await signIn('192.0.2.7', 'Firefox/141.2')).toBe(0)
    expect(await signIn('198.51.100.9', 'Firefox/141.2')).toBe(1)
    expect(await signIn('198.51.100.9', 'Firefox/141.2')).toBe(1)
    expect(await signIn('192.0.2.7', 'Chrome/150.0')).toBe(2)
    expect(await signIn('2.125.160.216', 'Chrome/150.0')).toBe(3)
    const [first, , third] = await lettersTo(email)
    expect(first?.headers['subject']).toBe('New sign-in to your account')
    expect(first?.text).toContain('from the address 198.51.100.9')
    expect(first?.text).toContain('Device: Firefox')
    expect(first?.text).not.toContain('Place')
    expect(third?.text).toContain('Place, by the address: Boxford, United Kingdom')
  }, 60_000)
})

describe('A new password', () => {
  it('is told of', async () => {
    const { as, email, password } = await server.given.withPassword()
    const body = { current_password: password, new_password: 'another password of some length' }
    expect((await server.call('POST', '/me/password', { as, body })).status).toBe(204)
    expect(await subjectsTo(email)).toEqual(['Your password was changed'])
  }, 60_000)
})

describe('What somebody signs in by', () => {
  it('is told of when they have changed it: app, codes, passkeys', async () => {
    const owner = await withTotp(server)
    const { as, email, passkey_id } = await withPasskey(server, owner)
    const codes = await server.call('POST', '/me/recovery-codes', { as })
    expect(codes.status).toBe(200)
    for (const path of ['/me/totp', `/me/passkeys/${passkey_id}`]) {
      expect((await server.call('DELETE', path, { as })).status).toBe(204)
    }
    const letters = await lettersTo(email)
    const subjects = letters.map(({ headers }) => headers['subject'] ?? '')
    expect(subjects.sort()).toEqual([
      'A passkey was added to your account',
      'A passkey was removed from your account',
      'An authenticator app was set up for your account',
      'The authenticator app was removed from your account',
      'You have new recovery codes',
    ])
    const added = letters.find(({ headers }) => headers['subject']?.includes('was added'))
    expect(added?.text).toContain('The passkey “Laptop” was added')
    expect(added?.text).toContain('from the address 127.0.0.1')
    for (const { raw } of letters) {
      for (const secret of [owner.secret, ...codes.body.recovery_codes]) {
        expect(raw).not.toContain(secret)
      }
    }
  }, 60_000)

  it('is told of when somebody else has changed it, with who, and not from where', async () => {
    const { given, call } = server
    const person = await withPasskey(server)
    const { id, email } = person
    const provider = await given.identityProvider({ name: 'Contoso' })
    const external_id = await given.externalIdentity(id, provider)
    const admin = await given.admin()
    for (const [method, path] of [
      ['DELETE', `/users/${id}/external-identities/${external_id}`],
      ['DELETE', `/users/${id}/second-factors`],
      ['POST', `/users/${id}/end-credentials`],
    ] as const) {
      expect((await call(method, path, { as: admin.as })).status).toBeLessThan(300)
    }
    const letters = (await lettersTo(email)).filter(({ text }) => text.includes(admin.email))
    expect(letters.map(({ headers }) => headers['subject']).sort()).toEqual([
      'All that your account was ever given has ended',
      'An identity was unlinked from your account',
      'Your second factors were reset',
    ])
    const texts = letters.map(({ text }) => text).join()
    expect(texts).toContain('The identity at Contoso was unlinked')
    expect(texts).not.toContain('127.0.0.1')
    expect(await lettersTo(admin.email)).toEqual([])
  }, 60_000)

  it('is told of when an identity was linked', async () => {
    const source = await startEvilProvider()
    try {
      const { given, call } = server
      const person = await given.person()
      const provider = await given.identityProvider({ issuer: source.url, name: 'Fabrikam' })
      const browser = ssoBrowser(server)
      const path = `/me/external-identities/${provider.id}/start`
      const { body, headers } = await call('POST', path, { as: person.as, body: {} })
      browser.keepOf(headers)
      const { state = '', nonce = '' } = queryOf(body.authorization_url)
      source.nonce = nonce
      source.behave({ claims: { sub: person.id, email: 'ada@elsewhere.example' } })
      await browser.back(provider, { code: 'a code', state })
      const [letter, ...more] = await lettersTo(person.email)
      expect(more).toEqual([])
      expect(letter?.headers['subject']).toBe('An identity was linked to your account')
      expect(letter?.text).toContain('An identity at Fabrikam was linked')
    } finally {
      await source.close()
    }
  }, 60_000)

  it('can’t be kept from them: the setting is of tokens that expire alone', async () => {
    const person = await signIn(server)
    const { as, email } = person
    const notices = { as, body: { token_expiry: false } }
    expect((await server.call('PATCH', '/me/notices', notices)).status).toBe(200)
    await withTotp(server, person)
    expect(await subjectsTo(email)).toEqual(['An authenticator app was set up for your account'])
  }, 60_000)
})

describe('A token', () => {
  it('that is made is told to its owner, or to who answers for its account', async () => {
    const { given, call } = server
    const [admin, person] = [await given.admin(), await given.person({ tenants: ['any'] })]
    await given.grant(person.id, { permissions: ['tenants.read'] })
    const own = await call('POST', '/me/tokens', { as: person.as, body: { name: 'CI <b>' } })
    expect(own.status).toBe(201)
    const account = await given.serviceAccount(['any'])
    await given.grant(account, { permissions: ['tenants.read'] })
    const sql = 'INSERT INTO accountable_people (service_account_id, user_id) VALUES ($1, $2)'
    await server.database.sql(sql, [account, person.id])
    const path = `/users/${account}/tokens`
    expect((await call('POST', path, { as: admin.as, body: { name: 'runner' } })).status).toBe(201)
    const letters = await lettersTo(person.email)
    const texts = letters.map(({ text }) => text).sort()
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain(`${admin.email} created the access token “runner” of account-`)
    expect(texts[1]).toContain(`${person.email} created the access token “CI <b>”`)
    for (const { raw } of letters) expect(raw).not.toContain(own.body.token)
    expect(await lettersTo(admin.email)).toEqual([])
  }, 60_000)

  it('that a tenant blocks is told to its owner, with the reason', async () => {
    const { given, call } = server
    const [admin, tenant] = [await given.admin(), await given.tenant()]
    const owner = await given.person({ tenants: [tenant.id] })
    const token = await given.token(owner.id, { tenants: [tenant.id], name: 'exporter' })
    const path = `/tenants/${tenant.id}/tokens/${token.id}/block`
    const body = { reason: 'Exports at night' }
    expect((await call('PUT', path, { as: admin.as, body })).status).toBe(200)
    const [letter] = await lettersTo(owner.email)
    expect(letter?.text).toContain(`is blocked in ${tenant.name}`)
    expect(letter?.text).toContain('Reason: Exports at night')
  }, 60_000)
})
