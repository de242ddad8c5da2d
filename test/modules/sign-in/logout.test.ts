import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  cookieOf,
  endsOf,
  formPosts,
  formTypes,
  refreshWith,
  signIn,
  statusOf,
  withCookie,
} from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const logout = (options: Parameters<TestServer['call']>[2]) =>
  server.call('POST', '/auth/logout', options)

type SignedIn = Awaited<ReturnType<typeof signIn>>

describe('POST /auth/logout 204', () => {
  it.each<[string, (signedIn: SignedIn) => Parameters<typeof logout>[0]]>([
    ['its access token', ({ as }) => ({ as })],
    ['its cookie', ({ cookie }) => withCookie(cookie)],
    ['both', ({ as, cookie }) => ({ as, ...withCookie(cookie) })],
  ])('ends the session by %s, at once, with one event', async (_, options) => {
    const signedIn = await signIn(server)

    const { status, text, headers } = await logout(options(signedIn))

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-postern_refresh=; .*Expires=Thu, 01 Jan 1970/,
    )
    expect(headers.get('set-cookie')).toContain('; Secure')
    expect(await statusOf(server, signedIn.as)).toBe(401)
    expect((await refreshWith(server, signedIn.cookie)).status).toBe(401)
    expect(await endsOf(server, signedIn.session_id)).toEqual([
      { action: 'session.ended', actor_id: signedIn.id, after: { ended_reason: 'signed_out' } },
    ])
  })

  it('ends the session by a cookie that was replaced', async () => {
    const { as, cookie } = await signIn(server)
    const renewed = await refreshWith(server, cookie)

    await logout(withCookie(cookie))

    expect(await statusOf(server, as)).toBe(401)
    expect(await statusOf(server, renewed.body.access_token)).toBe(401)
    expect((await refreshWith(server, cookieOf(renewed.headers))).status).toBe(401)
  })

  it('ends both sessions where token and cookie are of two', async () => {
    const [one, other] = [await signIn(server), await signIn(server)]

    await logout({ as: one.as, ...withCookie(other.cookie) })

    expect(await statusOf(server, one.as)).toBe(401)
    expect(await statusOf(server, other.as)).toBe(401)
  })

  it('leaves the other sessions and the tokens of the person alone', async () => {
    const { given } = server
    const { id, as } = await signIn(server)
    const [other, token] = [await given.session(id), await given.token(id)]

    await logout({ as })

    expect(await statusOf(server, other.as)).toBe(200)
    expect(await statusOf(server, token.as)).toBe(200)
  })

  // Safe, as with POST /auth/refresh: a browser says where from, and takes the SameSite=Strict cookie along from no other
  // site; who says nothing is no browser, and brings a cookie that it has itself.
  it('takes a cookie with nothing that says where it comes from', async () => {
    const { as, cookie } = await signIn(server)

    expect((await logout(withCookie(cookie))).status).toBe(204)

    expect(await statusOf(server, as)).toBe(401)
  })

  it('answers a second time by cookie, and writes nothing', async () => {
    const { cookie } = await signIn(server)
    await logout(withCookie(cookie))
    const before = await server.traces()

    expect((await logout(withCookie(cookie))).status).toBe(204)
    expect((await logout(withCookie('unknown'))).status).toBe(204)

    expect(await server.traces()).toEqual(before)
  })
})

describe('POST /auth/logout 401', () => {
  it('refuses who brings neither a session nor its cookie', async () => {
    expect((await logout({})).status).toBe(401)
    expect((await logout({ headers: { cookie: 'theme=dark' } })).status).toBe(401)
  })

  it('takes the cookie in the stead of an access token that has expired', async () => {
    const { cookie } = await signIn(server)
    expect((await logout({ as: 'a.b.c', ...withCookie(cookie) })).status).toBe(204)
  })

  it('refuses an access token whose session has ended, and writes nothing', async () => {
    const { as } = await signIn(server)
    await logout({ as })
    const before = await server.traces()

    expect((await logout({ as })).status).toBe(401)

    expect(await server.traces()).toEqual(before)
  })
})

describe('POST /auth/logout 403', () => {
  it('refuses a token, even one of an administrator, and writes nothing', async () => {
    const { given } = server
    const admin = await given.admin()
    const token = await given.token(admin.id, { permissions: ['users.read'], tenants: ['any'] })
    const { cookie, as } = await signIn(server)
    const before = await server.traces()

    expect((await logout({ as: token.as })).status).toBe(403)
    expect((await logout({ as: token.as, ...withCookie(cookie) })).status).toBe(403)

    expect(await server.traces()).toEqual(before)
    expect(await statusOf(server, as)).toBe(200)
    expect(await statusOf(server, admin.as)).toBe(200)
  })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'null', 'sec-fetch-site': 'none' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('refuses a cookie with %j, and writes nothing', async (headers) => {
    const { as, cookie, session_id } = await signIn(server)
    const before = await server.traces()

    expect((await logout(withCookie(cookie, headers))).status).toBe(403)

    expect(await server.traces()).toEqual(before)
    expect(await statusOf(server, as)).toBe(200)
    expect(await endsOf(server, session_id)).toEqual([])
  })
})

describe('POST /auth/logout 415', () => {
  it.each(formTypes)(
    'refuses the form of a page, wherever it is, and ends nothing: %s',
    async (type) => {
      const { as, cookie, session_id } = await signIn(server)
      const before = await server.traces()

      for (const post of formPosts(type, cookie)) {
        const { status, headers } = await logout(post)
        expect([post, status, headers.get('set-cookie')]).toEqual([post, 415, null])
      }

      expect(await server.traces()).toEqual(before)
      expect(await statusOf(server, as)).toBe(200)
      expect(await endsOf(server, session_id)).toEqual([])
    },
  )
})
