import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HonestProvider, startHonestProvider } from '../../support/honest-provider.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { publicUrl, queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'

type Provider = { id: string; client_id: string; redirect_uri: string }
const client_secret = 'between the provider and us'
let server: TestServer
let honest: HonestProvider
let provider: Provider
let tenant: string
let role_id: string
beforeAll(async () => {
  server = await startServer(ssoEnvironment)
  const clients: { client_id: string; client_secret: string; redirect_uris: string[] }[] = []
  const started = await startHonestProvider(() => clients)
  honest = started
  const { given, call } = server
  tenant = (await given.tenant()).id
  role_id = await given.role(['users.read'])
  const { as } = await given.admin()
  const { body } = await call('POST', '/identity-providers', {
    as,
    body: {
      ...{ name: 'Contoso', issuer: honest.url, client_id: 'postern', client_secret },
      allowed_domains: ['example.com'],
      jit: { enabled: true, tenants: [tenant], grants: [{ role_id, tenant_id: tenant }] },
    },
  })
  provider = body
  clients.push({ client_id: 'postern', client_secret, redirect_uris: [provider.redirect_uri] })
  started.open()
})
afterAll(async () => {
  await server.close()
  await honest.close()
})

/** From our link to the provider's last word: the address that it sends the browser back to. */
async function throughProvider(browser: ReturnType<typeof ssoBrowser>, first: string, who: string) {
  let { location } = await browser.get(first, { 'x-login': who })
  for (let step = 0; step < 5 && location && !location.startsWith(publicUrl); step += 1) {
    ;({ location } = await browser.get(location, { 'x-login': who }))
  }
  return location ?? ''
}

const startOf = () => `/api/v1/auth/sso/${provider.id}/start?return_to=/settings/tokens`

async function signInAs(who: string) {
  const browser = ssoBrowser(server)
  const back = await throughProvider(browser, startOf(), who)
  expect(back).toContain(provider.redirect_uri)
  const end = await browser.get(back)
  return { browser, back, end }
}

async function meOf(browser: ReturnType<typeof ssoBrowser>) {
  const { body } = await browser.refresh()
  const me = await server.call('GET', '/me', { as: body.access_token })
  return { ...me.body, as: body.access_token }
}

describe('A certified provider', () => {
  it('is offered to everybody, by name and without a word more', async () => {
    const { body } = await server.call('GET', '/auth/sso/providers')
    expect(body).toEqual({
      data: [{ id: provider.id, name: 'Contoso' }],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it('brings somebody new, with the scope and the roles that were set up', async () => {
    const { browser, end } = await signInAs('grace')
    expect(end.location).toBe(`${publicUrl}/settings/tokens`)

    const me = await meOf(browser)
    expect(me).toMatchObject({
      email: 'grace@example.com',
      name: 'grace of the provider',
      status: 'active',
      tenants: [tenant],
      authority: [{ tenant_id: tenant, permissions: ['users.read'] }],
    })
    const events = await server.database.sql(
      `SELECT action, actor_id, tenant_ids, after FROM audit_events
       WHERE target_id = $1 OR (actor_id::text = $1 AND action = 'session.created')
       ORDER BY action DESC`,
      [me.id],
    )
    expect(events).toEqual([
      {
        action: 'user.created',
        actor_id: me.id,
        tenant_ids: [tenant],
        after: {
          email: 'grace@example.com',
          name: 'grace of the provider',
          tenants: [tenant],
          grants: [{ role_id, tenant_id: tenant }],
          external_identity: {
            identity_provider_id: provider.id,
            issuer: honest.url,
            subject: 'grace',
          },
        },
      },
      {
        action: 'session.created',
        actor_id: me.id,
        tenant_ids: [],
        after: { auth_methods: ['sso'], identity_provider_id: provider.id },
      },
    ])
  })

  it('brings the same person again, as the same', async () => {
    const first = await meOf((await signInAs('edsger')).browser)
    const before = await server.traces()
    const second = await meOf((await signInAs('edsger')).browser)
    expect(second.id).toBe(first.id)
    expect((await server.traces())['users']).toBe(before['users'])
  })

  it('asks somebody whom it knows anew when they are to show that it is them, and not otherwise', async () => {
    const { browser } = await signInAs('grace')
    const { as, credential } = await meOf(browser)
    const known = honest.interactions()
    await browser.get(await throughProvider(browser, startOf(), 'grace'))
    expect(honest.interactions()).toBe(known)
    await server.database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '1 hour' WHERE id = $1`,
      [credential.id],
    )
    const ask = async () => (await server.call('POST', '/me/totp', { as })).status
    expect(await ask()).toBe(403)

    const { body, headers } = await server.call('POST', '/auth/step-up/sso', { as, body: {} })
    browser.keepOf(headers)
    const back = await throughProvider(browser, body.authorization_url, 'grace')
    const { location } = await browser.get(back)

    expect(location).toBe(`${publicUrl}/`)
    expect(honest.interactions()).toBe(known + 1)
    expect(await ask()).toBe(200)
  })

  it('tells when it has asked somebody who they are, as it was asked for an age: a sign-in without a question is as old', async () => {
    const { browser } = await signInAs('adele')
    const { as } = await meOf(browser)
    expect(honest.asked()).toMatchObject({ max_age: '31536000' })
    const asked = honest.interactions()
    await browser.get(await throughProvider(browser, startOf(), 'adele'))
    expect(honest.interactions()).toBe(asked)
    const { data } = (await server.call('GET', '/me/sessions', { as })).body
    const [one, two] = data.map((row: { authenticated_at: string }) => row.authenticated_at)
    // By the provider's clock, which counts whole seconds.
    expect(one).toMatch(/:\d\d\.000Z$/)
    expect(two).toBe(one)
  })

  it('was shown a challenge by S256, a state and a nonce', async () => {
    await signInAs('grace')
    expect(honest.asked()).toMatchObject({
      code_challenge_method: 'S256',
      state: expect.any(String),
      nonce: expect.any(String),
      response_type: 'code',
    })
  })

  it('takes a code once, and so do we', async () => {
    const { browser, back } = await signInAs('grace')
    const before = await server.traces()
    expect((await browser.get(back)).location).toContain('error=sso_failed')
    expect(await server.traces()).toEqual(before)
  })

  it('doesn’t take a code that another attempt was given (injection)', async () => {
    const thief = ssoBrowser(server)
    const stolen = queryOf(await throughProvider(ssoBrowser(server), startOf(), 'grace'))
    const own = queryOf(await throughProvider(thief, startOf(), 'mallory'))
    const before = (await server.traces())['sessions']
    const { location } = await thief.back(provider, { ...own, code: stolen['code'] ?? '' })
    expect(location).toContain('error=sso_failed')
    expect((await server.traces())['sessions']).toBe(before)
  })

  it('brings nobody while people don’t come just in time', async () => {
    const set = (enabled: boolean) =>
      server.database.sql('UPDATE identity_providers SET jit_enabled = $2 WHERE id = $1', [
        provider.id,
        enabled,
      ])
    await set(false)
    const { end, browser } = await signInAs('nobody')
    expect(end.location).toContain('/sign-in?error=sso_failed')
    expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)
    await set(true)
  })

  it('says nothing for us once it is disabled, on the very next request', async () => {
    const { browser } = await signInAs('barbara')
    const { as, id } = await meOf(browser)
    const admin = await server.given.admin()
    const set = (is_enabled: boolean) =>
      server.call('PATCH', `/identity-providers/${provider.id}`, {
        as: admin.as,
        body: { is_enabled },
      })

    expect((await set(false)).body.effect.sessions).toBeGreaterThan(0)
    expect((await server.call('GET', '/me', { as })).status).toBe(401)
    expect((await browser.refresh()).status).toBe(401)
    expect((await ssoBrowser(server).get(startOf())).location).toContain('error=sso_failed')
    expect((await server.call('GET', '/auth/sso/providers')).body.data).toEqual([])

    await set(true)
    expect((await server.call('GET', '/me', { as })).status).toBe(401)
    expect((await meOf((await signInAs('barbara')).browser)).id).toBe(id)
  })

  it('needs its secret to be set again when the key of this deployment has changed', async () => {
    await server.database.sql(
      `UPDATE identity_providers SET client_secret = decode(repeat('00', 60), 'hex') WHERE id = $1`,
      [provider.id],
    )
    const { location } = await ssoBrowser(server).get(startOf())
    expect(location).toContain('error=sso_failed')
    expect(server.logs.join('')).toContain('sealed with another key')
    const { as } = await server.given.admin()
    const body = { client_secret }
    await server.call('PATCH', `/identity-providers/${provider.id}`, { as, body })
    expect((await signInAs('grace')).end.location).toBe(`${publicUrl}/settings/tokens`)
  })

  it('leaves no secret of a sign-in in the log', async () => {
    const { back } = await signInAs('grace')
    const { code = '', state = '' } = queryOf(back)
    for (const secret of [code, state, client_secret]) {
      expect(secret.length).toBeGreaterThan(20)
      expect(server.logs.join('')).not.toContain(secret)
    }
  })
})
