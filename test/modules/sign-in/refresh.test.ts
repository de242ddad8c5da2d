import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  comparable,
  cookieOf,
  endsOf,
  formPosts,
  formTypes,
  refreshWith,
  signIn,
  statusOf,
} from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('POST /auth/refresh 200', () => {
  it('answers with a new access token of the same session, and replaces the cookie', async () => {
    const signedIn = await signIn(server)

    const { status, body, headers } = await refreshWith(server, signedIn.cookie)

    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
    })
    expect(headers.get('set-cookie')).toMatch(/^__Host-postern_refresh=[\w-]{43}; /)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) {
      expect(headers.get('set-cookie')).toContain(`; ${attribute}`)
    }
    expect(cookieOf(headers)).not.toBe(signedIn.cookie)
    const me = await server.call('GET', '/me', { as: body.access_token })
    expect(me.body).toMatchObject({ id: signedIn.id, credential: { id: signedIn.session_id } })
  })

  it('is kept by no cache', async () => {
    const { headers } = await refreshWith(server, (await signIn(server)).cookie)

    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('goes on from cookie to cookie, and never beyond the end of the session', async () => {
    const { cookie, session_id } = await signIn(server)
    const endOf = async () =>
      (
        await server.database.sql(
          'SELECT expires_at, idle_expires_at FROM sessions WHERE id = $1',
          [session_id],
        )
      )[0]
    const start = await endOf()
    let next = cookie
    for (let at = 0; at < 5; at += 1) {
      const { status, headers } = await refreshWith(server, next)
      expect(status).toBe(200)
      next = cookieOf(headers)
    }

    const end = await endOf()
    expect(end?.['expires_at']).toEqual(start?.['expires_at'])
    expect(+end?.['idle_expires_at']).toBeGreaterThan(+start?.['idle_expires_at'])
    expect(await endsOf(server, session_id)).toEqual([])
  })

  it.each([
    ['the server’s own origin', () => ({ origin: server.url })],
    ['its own pages', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['the address bar', () => ({ 'sec-fetch-site': 'none' })],
  ])('takes a request from %s', async (_, headers) => {
    const { cookie } = await signIn(server)

    expect((await refreshWith(server, cookie, headers())).status).toBe(200)
  })

  // Safe: browsers send Origin with every POST, and by SameSite=Strict none takes the cookie along from another site.
  // Who says nothing is no browser, and brings a cookie that it holds itself.
  it('takes a request that says nothing of where it comes from', async () => {
    const { cookie } = await signIn(server)

    const { status, headers } = await refreshWith(server, cookie)

    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toContain('; SameSite=Strict')
  })
})

describe('POST /auth/refresh 401', () => {
  it('ends the session when a used cookie comes back, and with it every token of it', async () => {
    const { id, as, cookie, session_id } = await signIn(server)
    const renewed = await refreshWith(server, cookie)

    const replay = await refreshWith(server, cookie)

    expect(replay.status).toBe(401)
    expect(await statusOf(server, as)).toBe(401)
    expect(await statusOf(server, renewed.body.access_token)).toBe(401)
    expect((await refreshWith(server, cookieOf(renewed.headers))).status).toBe(401)
    expect(await endsOf(server, session_id)).toEqual([
      { action: 'session.ended', actor_id: id, after: { ended_reason: 'refresh_replayed' } },
    ])
  })

  it('leaves the other sessions of the person alone', async () => {
    const { given } = server
    const { id, cookie } = await signIn(server)
    const other = await given.session(id)
    await refreshWith(server, cookie)
    await refreshWith(server, cookie)

    expect(await statusOf(server, other.as)).toBe(200)
  })

  it('lets exactly one of fifty through that come with one cookie, and ends the session', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { as, cookie, session_id } = await signIn(server)
      const fifty = <T>(job: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, job))
      // Opens every connection, so that the fifty meet in the database and not one after another before it.
      await fifty(() => statusOf(server, as))

      const answers = await fifty(() => refreshWith(server, cookie))

      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 401)])
      const winner = answers.find(({ status }) => status === 200)
      expect(await statusOf(server, as)).toBe(401)
      expect(await statusOf(server, winner?.body.access_token)).toBe(401)
      expect((await refreshWith(server, cookieOf(winner!.headers))).status).toBe(401)
      expect(await endsOf(server, session_id)).toHaveLength(1)
    }
  })

  it('gives one answer to an unknown cookie, an ended, expired or idle session, and a deactivated owner', async () => {
    const { sql } = server.database
    const cookieAfter = async (
      change: (signedIn: { id: string; session_id: string }) => unknown,
    ) => {
      const signedIn = await signIn(server)
      await change(signedIn)
      return signedIn.cookie
    }
    const past = (column: string) =>
      cookieAfter(({ session_id }) =>
        sql(`UPDATE sessions SET ${column} = now() - interval '1 s' WHERE id = $1`, [session_id]),
      )
    const cookies = {
      unknown: 'A'.repeat(43),
      ended: await past('ended_at'),
      expired: await past('expires_at'),
      idle: await past('idle_expires_at'),
      deactivated: await cookieAfter(({ id }) =>
        sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [id]),
      ),
    }
    const before = await server.traces()

    const answers = []
    for (const [what, cookie] of Object.entries(cookies)) {
      answers.push({ what, answer: comparable(await refreshWith(server, cookie)) })
    }

    const [first] = answers
    expect(answers.filter(({ answer }) => answer !== first?.answer)).toEqual([])
    expect(JSON.parse(first?.answer ?? '').status).toBe(401)
    expect(first?.answer).not.toContain('set-cookie')
    expect(await server.traces()).toEqual(before)
  })

  it('asks for a credential where there is no cookie, whatever else there is', async () => {
    const { as } = await signIn(server)

    const { status, headers } = await server.call('POST', '/auth/refresh', { as })

    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer realm="postern"')
  })

  it('takes no access token and no token for a cookie', async () => {
    const { id, as } = await signIn(server)
    const token = await server.given.token(id)

    for (const secret of [as, token.as]) {
      expect((await refreshWith(server, secret)).status).toBe(401)
    }
  })
})

describe('POST /auth/refresh 403', () => {
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'null', 'sec-fetch-site': 'none' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('refuses %j, writes nothing, and leaves the cookie in force', async (headers) => {
    const { cookie } = await signIn(server)
    const before = await server.traces()

    const answer = await refreshWith(server, cookie, headers)

    expect(answer.status).toBe(403)
    expect(answer.body.error).toBe('forbidden')
    expect(await server.traces()).toEqual(before)
    expect((await refreshWith(server, cookie)).status).toBe(200)
  })

  it('refuses the same host by another scheme or port', async () => {
    const { cookie } = await signIn(server)
    const { hostname } = new URL(server.url)

    for (const origin of [server.url.replace('http:', 'https:'), `http://${hostname}:1`]) {
      expect((await refreshWith(server, cookie, { origin })).status).toBe(403)
    }
  })
})

describe('POST /auth/refresh 415', () => {
  it.each(formTypes)(
    'refuses the form of a page, wherever it is, and leaves the cookie in force: %s',
    async (type) => {
      const { cookie } = await signIn(server)
      const before = await server.traces()

      for (const post of formPosts(type, cookie)) {
        const { status, headers } = await server.call('POST', '/auth/refresh', post)
        expect([post, status, headers.get('set-cookie')]).toEqual([post, 415, null])
      }

      expect(await server.traces()).toEqual(before)
      expect((await refreshWith(server, cookie)).status).toBe(200)
    },
  )
})
