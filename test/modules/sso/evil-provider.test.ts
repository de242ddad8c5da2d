import http, { type RequestListener } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Behaviour,
  type EvilProvider,
  startEvilProvider,
} from '../../support/evil-provider.ts'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { startSource } from '../../support/source-server.ts'
import { publicUrl, queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'

type Provider = { id: string; issuer: string }
let server: TestServer
let evil: EvilProvider
let provider: Provider
/** Whose subject at the provider is `ada`. */
let ada: Person
/** An administrator, who has nothing to do with the provider. */
let boss: Person
beforeAll(async () => {
  server = await startServer(ssoEnvironment)
  evil = await startEvilProvider()
  const { given } = server
  const jit = { tenants: ['any'], grants: [] }
  provider = await given.identityProvider({ issuer: evil.url, jit })
  ada = await given.person()
  await given.externalIdentity(ada.id, provider, 'ada')
  boss = await given.admin()
})
afterAll(async () => {
  await server.close()
  await evil.close()
})
beforeEach(() => evil.behave({}))

/** A browser that has been at the provider, and what it is sent back with. */
async function away(to = provider, at = evil) {
  const browser = ssoBrowser(server)
  const { location, status } = await browser.start(to, '?return_to=/settings/tokens')
  expect(status).toBe(302)
  const { state = '', nonce = '' } = queryOf(location)
  at.nonce = nonce
  return { browser, answer: { code: 'a code', state } }
}

const generic = expect.stringMatching(
  /^https:\/\/postern\.test\/sign-in\?error=sso_failed&correlation_id=[0-9a-f]{32}(&from=%2Fsettings%2Ftokens)?$/,
)
const without = (traces: Record<string, number>) => {
  const { sso_attempts: _, ...others } = traces
  return others
}

/** Goes there and back; nobody is signed in, nothing is written, and the page is told nothing but that. */
async function refused(
  behaviour: Behaviour,
  more: Record<string, string> = {},
  to = provider,
  at = evil,
): Promise<string> {
  at.behave(behaviour)
  const before = without(await server.traces())
  const logged = server.logs.length
  const { browser, answer } = await away(to, at)
  const { status, location } = await browser.back(to, { ...answer, ...more })
  expect({ status, location }).toEqual({ status: 302, location: generic })
  expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)
  expect(without(await server.traces())).toEqual(before)
  return reasonAfter(logged)
}

/** Why somebody was refused since there were so many lines in the log. */
function reasonAfter(logged: number): string {
  const line = server.logs.slice(logged).find((one) => one.includes('sso refused')) ?? '{}'
  return JSON.parse(line).reason
}

const nowSeconds = () => Math.floor(Date.now() / 1000)

describe('A provider in order', () => {
  it('signs in who is known by issuer and subject, where they wanted to go', async () => {
    const { browser, answer } = await away()
    const { status, location, headers } = await browser.back(provider, answer)
    expect({ status, location }).toEqual({ status: 302, location: `${publicUrl}/settings/tokens` })
    expect(headers.get('cache-control')).toBe('no-store')
    const { body } = await browser.refresh()
    const me = await server.call('GET', '/me', { as: body.access_token })
    expect(me.body.id).toBe(ada.id)
  })

  it('gives an ID token that is no access token, whatever it claims besides', async () => {
    for (const claims of [{}, { sub: ada.id, sid: ada.session_id }]) {
      evil.behave({ claims })
      const { browser, answer } = await away()
      await browser.back(provider, answer)
      expect(evil.id_token.split('.')).toHaveLength(3)
      const { status, body } = await server.call('GET', '/me', { as: evil.id_token })
      expect([status, body.error]).toEqual([401, 'unauthorized'])
    }
  })

  it('is asked with the verifier of the challenge that it was shown, and the same address', async () => {
    const { browser, answer } = await away()
    await browser.back(provider, answer)
    expect(Object.fromEntries(evil.exchanges.at(-1) ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      code: 'a code',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${publicUrl}/api/v1/auth/sso/${provider.id}/callback`,
    })
  })

  it.each([
    ['its audience is a list of us alone', { aud: ['postern'] }],
    [
      'its audiences are several, and we are the authorized party',
      { aud: ['x', 'postern'], azp: 'postern' },
    ],
    ['its clock is some seconds ahead', { iat: nowSeconds() + 5 }],
  ])('may say so in other ways: %s', async (_, claims) => {
    evil.behave({ claims })
    const { browser, answer } = await away()
    expect((await browser.back(provider, answer)).location).toBe(`${publicUrl}/settings/tokens`)
  })
})

describe('An ID token is refused', () => {
  it.each<[string, string, Behaviour]>([
    [
      'of another issuer',
      '"iss" (issuer) claim value',
      { claims: { iss: 'https://evil.example' } },
    ],
    [
      'CVE-2026-14336: of an issuer that begins like it',
      '"iss" (issuer) claim value',
      { claims: { iss: 'http://127.0.0.1' } },
    ],
    ['for another audience', '"aud" (audience) claim value', { claims: { aud: 'somebody-else' } }],
    [
      'for an audience that begins like us',
      '"aud" (audience) claim value',
      { claims: { aud: 'postern2' } },
    ],
    [
      'for several audiences without an authorized party',
      'additional untrusted audiences',
      { claims: { aud: ['postern', 'x'] } },
    ],
    [
      'for several audiences and another party',
      '"azp" (authorized party)',
      { claims: { aud: ['postern', 'x'], azp: 'x' } },
    ],
    ['for another authorized party', 'azp', { claims: { azp: 'x' } }],
    ['with another nonce', '"nonce" claim value', { claims: { nonce: 'replayed' } }],
    [
      'that has expired',
      'expiration is past',
      { claims: { iat: nowSeconds() - 600, exp: nowSeconds() - 60 } },
    ],
    [
      'that is issued in the future',
      'iat is to come',
      { claims: { iat: nowSeconds() + 300, exp: nowSeconds() + 600 } },
    ],
    ['that is not in force yet', '"nbf" (not before)', { claims: { nbf: nowSeconds() + 300 } }],
    [
      'with an expiry in words',
      '"exp" (expiration time) claim type',
      { claims: { exp: `${nowSeconds() + 300}` as never } },
    ],
    ['with an empty subject', 'no subject', { claims: { sub: '' } }],
    [
      'with a subject that is a number',
      '"sub" (subject) claim type',
      { claims: { sub: 1 as never } },
    ],
    ['with a subject that is too long', 'no subject', { claims: { sub: 'a'.repeat(256) } }],
    ['with a subject that holds NUL', 'no subject', { claims: { sub: 'ada\0' } }],
    ['CVE-2026-22817: without a signature and an algorithm', '"alg" header', { signed: 'none' }],
    ['without a signature', 'signature verification failed', { signed: 'not at all' }],
    [
      'CVE-2026-22817: signed with HS256 and the public key',
      '"alg" header',
      { signed: 'HS256 with the public key' },
    ],
    ['signed by another key', 'signature verification failed', { signed: 'by another key' }],
    ['in two parts', 'Invalid JWT', { signed: 'cut' }],
    ...['iss', 'aud', 'nonce', 'exp', 'iat', 'sub'].map((claim): [string, string, Behaviour] => [
      `without ${claim}`,
      'claim missing',
      { without: [claim] },
    ]),
  ])('%s', async (_, reason, behaviour) => {
    expect(await refused(behaviour)).toContain(reason)
  })
})

describe('An answer is refused', () => {
  it('of another issuer than the one that was asked (RFC 9207, mix-up)', async () => {
    const reason = await refused({}, { iss: 'https://honest.example' })
    expect(reason).toContain('unexpected "iss" (issuer) response parameter')
  })

  it('of no issuer, where the provider names itself', async () => {
    const metadata = { authorization_response_iss_parameter_supported: true }
    const { evil: other, provider: made } = await freshEvil(metadata)
    await server.given.externalIdentity(ada.id, made, 'ada')

    const reason = await refused({ metadata }, {}, made, other)

    expect(reason).toContain('response parameter "iss" (issuer) missing')
    expect(other.exchanges).toEqual([])
    const { browser, answer } = await away(made, other)
    const { location } = await browser.back(made, { ...answer, iss: other.url })
    expect(location).toBe(`${publicUrl}/settings/tokens`)
    await other.close()
  })

  it('that came to the address of another provider, which would vouch for it (mix-up)', async () => {
    const { evil: other, provider: made } = await freshEvil({})
    await server.given.externalIdentity(ada.id, made, 'ada')
    for (const [begun, at] of [
      [provider, made],
      [made, provider],
    ] as const) {
      const { browser, answer } = await away(begun)
      other.nonce = evil.nonce
      const asked = [evil.exchanges.length, other.exchanges.length]
      const before = await server.traces()
      const logged = server.logs.length

      const { location } = await browser.back(at, answer)

      expect(location).toEqual(generic)
      expect(reasonAfter(logged)).toBe('no attempt of this browser')
      expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)
      expect([evil.exchanges.length, other.exchanges.length]).toEqual(asked)
      expect(await server.traces()).toEqual(before)
    }
    await other.close()
  })

  it('the second time', async () => {
    const { browser, answer } = await away()
    const cookie = browser.cookies.get('__Host-postern_sso') ?? ''
    await browser.back(provider, answer)
    const before = await server.traces()
    const asked = evil.exchanges.length

    browser.cookies.set('__Host-postern_sso', cookie)
    expect((await browser.back(provider, answer)).location).toEqual(generic)

    expect(await server.traces()).toEqual(before)
    expect(evil.exchanges).toHaveLength(asked)
  })

  it('of which many come at once, but for one', async () => {
    const { browser, answer } = await away()
    const cookie = `__Host-postern_sso=${browser.cookies.get('__Host-postern_sso')}`
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => {
        const twin = ssoBrowser(server)
        twin.cookies.set('__Host-postern_sso', cookie.split('=')[1] ?? '')
        return twin.back(provider, answer)
      }),
    )
    const inside = answers.filter(({ location }) => location === `${publicUrl}/settings/tokens`)
    expect(inside).toHaveLength(1)
  })

  it('in another browser, with or without an attempt of its own (login CSRF)', async () => {
    const { answer } = await away()
    const asked = evil.exchanges.length
    const victim = ssoBrowser(server)
    expect((await victim.back(provider, answer)).location).toEqual(generic)
    const busy = await away()
    expect((await busy.browser.back(provider, answer)).location).toEqual(generic)
    expect(evil.exchanges).toHaveLength(asked)
  })

  it.each([
    ['without a state', { code: 'a code' }],
    ['with a state that nobody gave', { code: 'a code', state: 'x' }],
  ])('%s', async (_, query) => {
    const { browser } = await away()
    expect((await browser.back(provider, query)).location).toEqual(generic)
  })

  it('with two states, or two codes', async () => {
    for (const field of ['state', 'code'] as const) {
      const { browser, answer } = await away()
      const query = `${new URLSearchParams(answer)}&${field}=${answer[field]}`
      expect((await browser.back(provider, query)).location).toEqual(generic)
    }
  })

  it('that says that the person would rather not', async () => {
    const { browser, answer } = await away()
    const { location } = await browser.back(provider, {
      error: 'access_denied',
      state: answer.state,
    })
    expect(location).toEqual(generic)
  })

  it('that comes after ten minutes', async () => {
    const { browser, answer } = await away()
    await server.database.sql('UPDATE sso_attempts SET expires_at = now()')
    expect((await browser.back(provider, answer)).location).toEqual(generic)
  })
})

/** A provider of its own, whose metadata nobody has read yet. */
async function freshEvil(metadata: Record<string, unknown>) {
  const other = await startEvilProvider()
  // The server's metadata is kept for a minute, so each that lies in it is another.
  other.behave({ metadata })
  const made = await server.given.identityProvider({ issuer: other.url })
  return { provider: made, close: other.close, evil: other }
}

/** As far as one comes there, and why no further. */
async function attempt(to: Provider, signedBy: EvilProvider) {
  const before = without(await server.traces())
  const logged = server.logs.length
  const browser = ssoBrowser(server)
  const there = await browser.start(to)
  const { state, nonce } = queryOf(there.location)
  signedBy.nonce = nonce ?? ''
  const end = state === undefined ? there : await browser.back(to, { code: 'a code', state })
  if (browser.cookies.has('__Host-postern_refresh')) return { location: end.location, reason: null }
  expect(without(await server.traces())).toEqual(before)
  return { location: end.location, reason: reasonAfter(logged) }
}

const metadataPath = '/.well-known/openid-configuration'
/** All that a provider is asked, and what it says of where that is. */
const endpoints = { token_endpoint: '/token', jwks_uri: '/jwks' }

/** A provider all of which is at another place, a copy of it, but for one path, which redirects there. */
async function inTwoPlaces(path: string | null) {
  const [front, copy] = [await startEvilProvider(), await startEvilProvider()]
  copy.behave({ metadata: { issuer: front.url }, claims: { iss: front.url } })
  const placeOf = (at: string) => `${at === path ? front.url : copy.url}${at}`
  const metadata = Object.fromEntries(
    Object.entries(endpoints).map(([field, at]) => [field, placeOf(at)]),
  )
  const redirect: RequestListener = (_request, response) => {
    response.writeHead(307, { location: `${copy.url}${path}` }).end()
  }
  front.behave({ metadata, paths: path === null ? {} : { [path]: redirect } })
  const made = await server.given.identityProvider({ issuer: front.url })
  await server.given.externalIdentity(ada.id, made, 'ada')
  return { front, copy, made, close: () => Promise.all([front.close(), copy.close()]) }
}

/** What is asked here is asked there. */
const relayTo =
  (url: string): RequestListener =>
  (request, response) => {
    const { method, headers } = request
    request.pipe(
      http.request(`${url}${request.url}`, { method, headers }, (answer) =>
        answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
      ),
    )
  }

const endless: RequestListener = (_request, response) => {
  const chunk = Buffer.alloc(65_536, ' ')
  response.writeHead(200, { 'content-type': 'application/json' })
  const pump = () => {
    while (!response.destroyed) if (!response.write(chunk)) return response.once('drain', pump)
    return undefined
  }
  pump()
}

describe('A provider is not asked', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'whose metadata is of another issuer',
      { issuer: 'https://honest.example' },
      'metadata issuer does not match the expected issuer',
    ],
    [
      'whose metadata is of the issuer and a slash',
      { issuer: 'http://127.0.0.1/' },
      'metadata issuer does not match the expected issuer',
    ],
    [
      'that signs with secrets, or not at all',
      { id_token_signing_alg_values_supported: ['HS256', 'none'] },
      'it signs with no public key',
    ],
    [
      'that sends people to a script',
      { authorization_endpoint: 'javascript:alert(1)' },
      'authorization_endpoint must be an https URL',
    ],
    ['without a token endpoint', { token_endpoint: undefined }, 'token_endpoint must be a URL'],
    ['without keys', { jwks_uri: undefined }, 'jwks_uri must be a URL'],
  ])('%s', async (_, metadata, reason) => {
    const { provider: made, close } = await freshEvil(metadata)
    const browser = ssoBrowser(server)
    const logged = server.logs.length
    const { status, location } = await browser.start(made)
    expect({ status, location }).toEqual({ status: 302, location: generic })
    expect(reasonAfter(logged)).toContain(reason)
    expect(browser.cookies.size).toBe(0)
    await close()
  })

  it.each([metadataPath, '/token', '/jwks'])(
    'GHSA-qp4c-xg64-7c6x: where it redirects to, though all is well there: %s',
    async (path) => {
      const { front, copy, made, close } = await inTwoPlaces(path)

      const { location, reason } = await attempt(made, copy)

      expect(location).toEqual(generic)
      expect(reason).toContain('(redirects)')
      expect(front.asked).toContain(path)
      expect(copy.asked).not.toContain(path)
      await close()
    },
  )

  it('where it redirects to; but it may name another place', async () => {
    const { copy, made, close } = await inTwoPlaces(null)
    expect((await attempt(made, copy)).location).toBe(`${publicUrl}/`)
    expect(copy.asked).toEqual(['/token', '/jwks'])
    await close()
  })

  it.each(Object.entries(endpoints))(
    'at an address inside that its metadata name: %s',
    async (field, path) => {
      const fronts = [await startEvilProvider(), await startEvilProvider()] as const
      // Of the addresses of this machine the settings allow 127.0.0.1 alone.
      const inside = await startSource(relayTo(fronts[0].url), {
        plain: true,
        address: '127.0.0.2',
      })
      const hosts = [inside.url, 'http://169.254.169.254']
      for (const [at, host] of hosts.entries()) {
        const front = fronts[at] as EvilProvider
        front.behave({ metadata: { [field]: `${host}${path}` } })
        const made = await server.given.identityProvider({ issuer: front.url })
        await server.given.externalIdentity(ada.id, made, 'ada')

        const { location, reason } = await attempt(made, front)

        expect(location).toEqual(generic)
        expect(reason).toContain(`(refused ${new URL(host).hostname})`)
      }
      expect(inside.connections()).toBe(0)
      await Promise.all([...fronts, inside].map((one) => one.close()))
    },
  )

  it.each([metadataPath, '/token', '/jwks'])(
    'CVE-2026-45796: to the end, where it has none: %s',
    async (path) => {
      const announced: RequestListener = (_request, response) => {
        response.writeHead(200, { 'content-length': `${2 ** 30}` }).end()
      }
      for (const instead of [announced, endless]) {
        const { evil: other, provider: made } = await freshEvil({})
        await server.given.externalIdentity(ada.id, made, 'ada')
        other.behave({ paths: { [path]: instead } })

        const { location, reason } = await attempt(made, other)

        expect(location).toEqual(generic)
        expect(reason).toContain('the source is too large')
        await other.close()
      }
    },
  )
})

describe('Somebody new', () => {
  const email = 'new@example.com'
  const claims = { sub: 'new', email, email_verified: true }

  it('comes in with an address that is verified, of a domain that is allowed', async () => {
    evil.behave({ claims: { ...claims, sub: 'newer', email: 'Newer@Example.com', name: 'Newer' } })
    const { browser, answer } = await away()
    await browser.back(provider, answer)
    const { body } = await browser.refresh()
    const me = await server.call('GET', '/me', { as: body.access_token })
    expect(me.body).toMatchObject({ email: 'newer@example.com', name: 'Newer', tenants: ['any'] })
  })

  it.each<[string, object]>([
    ['whose address is verified in words', { email_verified: 'true' }],
    ['whose address is verified by a number', { email_verified: 1 }],
    ['whose address is not verified', { email_verified: false }],
    ['whose address may be verified or not', { email_verified: undefined }],
    ['of another domain', { email: 'new@evil.example' }],
    ['of a subdomain', { email: 'new@a.example.com' }],
    ['of a domain that ends alike', { email: 'new@notexample.com' }],
    ['with two domains', { email: 'new@evil.example@example.com' }],
    ['with a list for an address', { email: ['new@example.com'] }],
    ['with a name around the address', { email: 'New <new@example.com>' }],
  ])('CVE-2026-49757, CVE-2026-9084: does not come in: %s', async (_, more) => {
    await refused({ claims: { ...claims, ...more } })
  })

  it.each(['1', '0', '00000000-0000-7000-8000-000000000000'])(
    'CVE-2025-41115: is nobody by a subject that looks like an id: %s',
    async (sub) => {
      const claims = { sub, email: 'x@evil.example', email_verified: true }
      expect(await refused({ claims })).toContain('of no domain')
    },
  )

  it('CVE-2026-49757, CVE-2026-9084, CVE-2026-41574: is not who has their address: that is told, and in the log, and links nothing', async () => {
    for (const address of [boss.email, boss.email.toUpperCase()]) {
      evil.behave({ claims: { ...claims, sub: 'thief', email: address } })
      const before = without(await server.traces())
      const { browser, answer } = await away()
      const { location } = await browser.back(provider, answer)
      expect(location).toMatch(
        /\/sign-in\?error=sso_account_exists&correlation_id=[0-9a-f]{32}&from=%2Fsettings%2Ftokens$/,
      )
      expect(browser.cookies.has('__Host-postern_refresh')).toBe(false)
      const audit_events = (before['audit_events'] ?? 0) + 1
      expect(without(await server.traces())).toEqual({ ...before, audit_events })
    }
    const [event] = await server.database.sql(
      'SELECT action, target_id, after FROM audit_events ORDER BY at DESC, id DESC LIMIT 1',
    )
    expect(event).toEqual({
      action: 'identity_provider.sign_in_refused',
      target_id: provider.id,
      after: {
        reason: 'the e-mail address belongs to a user',
        email: boss.email,
        subject: 'thief',
      },
    })
  })

  it('is not who has their subject at another provider', async () => {
    const { given } = server
    const honest = await given.identityProvider()
    await given.externalIdentity(boss.id, honest, 'boss')
    const claims = { sub: 'boss', email: 'x@evil.example', email_verified: true }
    expect(await refused({ claims })).toContain('of no domain')
  })

  it('stays who they are when their address becomes another’s', async () => {
    evil.behave({ claims: { sub: 'ada', email: boss.email, email_verified: true } })
    const { browser, answer } = await away()
    await browser.back(provider, answer)
    const { body } = await browser.refresh()
    expect((await server.call('GET', '/me', { as: body.access_token })).body.id).toBe(ada.id)
  })
})

describe('Who is known is refused like any failure', () => {
  it.each([
    ['deactivated', (id: string) => [`UPDATE users SET status = 'deactivated' WHERE id = $1`, id]],
    ['invited', (id: string) => [`UPDATE users SET status = 'invited' WHERE id = $1`, id]],
    [
      'deleted',
      (id: string) => [
        `UPDATE users SET status = 'deactivated', deleted_at = now() WHERE id = $1`,
        id,
      ],
    ],
    [
      'a service account',
      (id: string) => [
        `UPDATE users SET is_service_account = true, email = NULL WHERE id = $1`,
        id,
      ],
    ],
  ])('%s', async (_, change) => {
    const someone = await server.given.person()
    await server.given.externalIdentity(someone.id, provider, someone.id)
    const [text = '', id] = change(someone.id)
    await server.database.sql(text, [id])
    expect(await refused({ claims: { sub: someone.id } })).toBe('sign-in refused')
  })

  it('of a provider that was disabled meanwhile', async () => {
    const { browser, answer } = await away()
    const set = (enabled: boolean) =>
      server.database.sql('UPDATE identity_providers SET is_enabled = $2 WHERE id = $1', [
        provider.id,
        enabled,
      ])
    await set(false)
    expect((await browser.back(provider, answer)).location).toEqual(generic)
    expect((await browser.start(provider)).location).toEqual(generic)
    await set(true)
  })
})

describe('GET /auth/sso/{id}/start', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'evil',
    '/a/../../b',
    '/..',
    '/a/.',
    '/a//b',
    '/\t/x',
    '/@x',
  ])('leads nowhere else: %j', async (return_to) => {
    const before = await server.traces()
    const query = `?${new URLSearchParams({ return_to })}`
    const { status } = await ssoBrowser(server).start(provider, query)
    expect(status).toBe(400)
    expect(await server.traces()).toEqual(before)
  })

  it('sets a cookie that is this host’s alone, and comes along on the way back', async () => {
    const { headers, location } = await ssoBrowser(server).start(provider)
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-postern_sso=[\w-]{43}; /)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=600']) {
      expect(cookie).toContain(attribute)
    }
    expect(queryOf(location)).toEqual({
      client_id: 'postern',
      // Whoever is asked for an age tells when the person was asked.
      max_age: '31536000',
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${publicUrl}/api/v1/auth/sso/${provider.id}/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const rows = JSON.stringify(await server.database.sql('SELECT * FROM sso_attempts'))
    expect(rows).not.toContain(queryOf(location)['state'])
  })
})

describe('A database that is away', () => {
  beforeAll(async () => {
    await server.database.sql(`CREATE FUNCTION is_away() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'away' USING ERRCODE = '53300'; END $$`)
  })
  const forBrowsers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

  it('is told to browsers in a sentence, on the way there and on the way back, and to others as ever', async () => {
    const { browser, answer } = await away()
    const before = await server.traces()
    const { sql } = server.database
    await sql(`CREATE TRIGGER is_away BEFORE INSERT OR DELETE ON sso_attempts
      FOR EACH STATEMENT EXECUTE FUNCTION is_away()`)
    const start = `/api/v1/auth/sso/${provider.id}/start?return_to=/settings/tokens`
    const callback = `/api/v1/auth/sso/${provider.id}/callback?${new URLSearchParams(answer)}`
    const plain = await browser.get(start)
    const there = await browser.get(start, forBrowsers)
    const back = await browser.get(callback, forBrowsers)
    await sql('DROP TRIGGER is_away ON sso_attempts')

    expect(plain.status).toBe(503)
    const { correlation_id = '', ...said } = queryOf(there.location)
    expect(said).toEqual({ error: 'sso_unavailable', from: '/settings/tokens' })
    expect(queryOf(back.location)).toMatchObject({ error: 'sso_unavailable' })
    const lines = server.logs.filter((line) => line.includes(correlation_id))
    expect(lines.some((line) => line.includes('request failed'))).toBe(true)
    expect(await server.traces()).toEqual(before)
  })
})
