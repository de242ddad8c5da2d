import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fromBase32, totp } from '../../support/totp-app.ts'
import { refused } from '../users/expected.ts'
import {
  age,
  begin,
  codeOf,
  finish,
  forgetSteps,
  setPolicy,
  signIn,
  withTotp,
  wrongCode,
} from './enrolled.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
afterEach(() => setPolicy(server, 'optional'))

const enrol = (as: string) => server.call('POST', '/me/totp', { as })
const confirm = (as: string, code: string) =>
  server.call('POST', '/me/totp/confirm', { as, body: { code } })
const mine = async (as: string) => (await server.call('GET', '/me/second-factors', { as })).body

describe('The app of these tests', () => {
  it('shows the codes of RFC 6238 (appendix B), of secrets as RFC 4648 (10) writes them', () => {
    const key = Buffer.from('12345678901234567890')
    const codes = {
      59: '94287082',
      1111111109: '07081804',
      1111111111: '14050471',
      1234567890: '89005924',
      2000000000: '69279037',
      20000000000: '65353130',
    }
    for (const [seconds, code] of Object.entries(codes)) {
      expect(totp(key, Number(seconds), 8)).toBe(code)
      expect(totp(key, Number(seconds))).toBe(code.slice(2))
    }
    const written = ['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']
    expect(written.map((text) => fromBase32(text).toString())).toEqual([
      '',
      'f',
      'fo',
      'foo',
      'foob',
      'fooba',
      'foobar',
    ])
  })
})

describe('POST /me/totp', () => {
  it('shows a secret once, to be typed or scanned, which counts for nothing yet', async () => {
    const { as, email } = await signIn(server)
    const { status, body, headers } = await enrol(as)

    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['otpauth_url', 'secret'])
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    const url = new URL(body.otpauth_url)
    expect(url.searchParams.get('secret')).toBe(body.secret)
    expect(decodeURIComponent(url.pathname)).toContain(email)
    expect(headers.get('cache-control')).toBe('no-store')
    expect((await mine(as)).totp).toBeNull()
    expect((await begin(server, email)).body.access_token).toEqual(expect.any(String))
  })

  it('shows in the address all that an app needs, which takes what is not said as RFC 6238 has it', async () => {
    const { as } = await signIn(server)
    const { body } = await enrol(as)
    const url = new URL(body.otpauth_url)
    const said = (name: string) => url.searchParams.get(name)
    expect([url.protocol, url.host]).toEqual(['otpauth:', 'totp'])
    expect([said('algorithm') ?? 'SHA1', said('digits') ?? '6', said('period') ?? '30']).toEqual([
      'SHA1',
      '6',
      '30',
    ])
    const code = totp(fromBase32(said('secret') ?? ''), Date.now() / 1000)
    expect((await confirm(as, code)).status).toBe(204)
  })

  it('stores it so that the database alone does not give it away', async () => {
    const { as, id } = await signIn(server)
    const { body } = await enrol(as)

    const [row] = await server.database.sql<{ next_secret: Buffer }>(
      'SELECT next_secret FROM totp_factors WHERE user_id = $1',
      [id],
    )
    const stored = row?.next_secret.toString('hex') ?? ''
    expect(stored.length).toBeGreaterThan(80)
    expect(stored).not.toContain(fromBase32(body.secret).toString('hex'))
    expect(server.logs.join()).not.toContain(body.secret)
  })

  it('lets the old secret work until the new one is confirmed', async () => {
    const { as, email, secret } = await withTotp(server)
    const next: string = (await enrol(as)).body.secret

    const before = (await begin(server, email)).body.challenge
    expect((await finish(server, before, { code: codeOf(next) })).status).toBe(401)
    expect((await finish(server, before, { code: codeOf(secret) })).status).toBe(200)

    expect((await confirm(as, codeOf(next))).status).toBe(204)
    const after = (await begin(server, email)).body.challenge
    expect((await finish(server, after, { code: codeOf(secret, 1) })).status).toBe(401)
    expect((await finish(server, after, { code: codeOf(next, 1) })).status).toBe(200)
  })

  it('is refused while there are no second factors on the platform, and writes nothing', async () => {
    const { as } = await signIn(server)
    await setPolicy(server, 'off')

    expect((await refused(server, 'POST', '/me/totp', { as })).status).toBe(409)
  })
})

describe('POST /me/totp/confirm', () => {
  it('refuses a wrong code, and changes nothing', async () => {
    const { as, email } = await signIn(server)
    const { secret } = (await enrol(as)).body

    const answer = await refused(server, 'POST', '/me/totp/confirm', {
      as,
      body: { code: wrongCode(secret) },
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([{ field: 'code', message: 'is wrong' }])
    expect((await begin(server, email)).body.access_token).toEqual(expect.any(String))
  })

  it('refuses the code of a secret that waited too long, that is confirmed, or that is not there', async () => {
    const { as, id } = await signIn(server)
    expect((await confirm(as, '123456')).status).toBe(409)
    const { secret } = (await enrol(as)).body
    await server.database.sql(
      `UPDATE totp_factors SET next_since = now() - interval '16 minutes' WHERE user_id = $1`,
      [id],
    )
    expect((await confirm(as, codeOf(secret))).status).toBe(409)
    const again = (await enrol(as)).body.secret
    expect((await confirm(as, codeOf(again))).status).toBe(204)
    expect((await confirm(as, codeOf(again, 1))).status).toBe(409)
  })
})

describe('A code', () => {
  it('is taken once: neither it nor one before it is taken again', async () => {
    const { email, secret, id } = await withTotp(server)
    const [old, code] = [codeOf(secret, -1), codeOf(secret)]
    const first = (await begin(server, email)).body.challenge
    expect((await finish(server, first, { code })).status).toBe(200)

    const second = (await begin(server, email)).body.challenge
    expect((await finish(server, second, { code })).status).toBe(401)
    expect((await finish(server, second, { code: old })).status).toBe(401)
    await forgetSteps(server, id)
    expect((await finish(server, second, { code })).status).toBe(200)
  })

  it('that confirmed the secret signs nobody in', async () => {
    const { as, email } = await signIn(server)
    const { secret } = (await enrol(as)).body
    const code = codeOf(secret)
    await confirm(as, code)

    const { challenge } = (await begin(server, email)).body
    expect((await finish(server, challenge, { code })).status).toBe(401)
  })

  it('is the one of now, of the step before or of the step after, and no other', async () => {
    const { email, secret, id } = await withTotp(server)
    const statusAt = async (steps: number) => {
      await forgetSteps(server, id)
      const { challenge } = (await begin(server, email)).body
      return (await finish(server, challenge, { code: codeOf(secret, steps) })).status
    }
    // Away from the end of a step, where a second more makes another one of it.
    while (Date.now() % 30_000 > 20_000) await new Promise((done) => setTimeout(done, 500))

    expect([await statusAt(-1), await statusAt(0), await statusAt(1)]).toEqual([200, 200, 200])
    expect([await statusAt(-2), await statusAt(2)]).toEqual([401, 401])
  }, 60_000)

  it('is taken from one of many who send it at once', async () => {
    const { email, secret } = await withTotp(server)
    const begun = await Promise.all([1, 2, 3, 4].map(() => begin(server, email)))
    const code = codeOf(secret)

    const answers = await Promise.all(
      begun.map(({ body }) => finish(server, body.challenge, { code })),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  it('has to wait after five wrong ones in a row, on whatever challenge, and never the recovery codes', async () => {
    const { as, email, secret, id } = await withTotp(server)
    const codes = (await server.call('POST', '/me/recovery-codes', { as })).body.recovery_codes
    const code = wrongCode(secret)
    for (let tries = 0; tries < 5; tries += 1) {
      const { challenge } = (await begin(server, email)).body
      expect((await finish(server, challenge, { code })).status).toBe(401)
    }

    const { challenge } = (await begin(server, email)).body
    const late = await finish(server, challenge, { code: codeOf(secret) })
    expect(late.status).toBe(429)
    const seconds = Number(late.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(30)
    expect(late.headers.get('ratelimit-policy')).toBe('"wrong-codes";q=1;w=60')
    expect(late.headers.get('ratelimit')).toBe(`"wrong-codes";r=0;t=${seconds}`)
    expect((await finish(server, challenge, { recovery_code: codes[0] })).status).toBe(200)

    await server.database.sql(
      `UPDATE totp_factors SET failed_at = now() - interval '61 seconds' WHERE user_id = $1`,
      [id],
    )
    const after = (await begin(server, email)).body.challenge
    expect((await finish(server, after, { code: codeOf(secret) })).status).toBe(200)
    const [row] = await server.database.sql(
      'SELECT failures FROM totp_factors WHERE user_id = $1',
      [id],
    )
    expect(row).toEqual({ failures: 0 })
  })

  it('is good for nothing where the key that sealed its secret is another', async () => {
    const { email, secret, id } = await withTotp(server)
    await server.database.sql(
      'UPDATE totp_factors SET secret = overlay(secret placing $2 from 20) WHERE user_id = $1',
      [id, Buffer.from('another')],
    )
    const { challenge } = (await begin(server, email)).body

    expect((await finish(server, challenge, { code: codeOf(secret) })).status).toBe(401)
  })
})

describe('DELETE /me/totp', () => {
  it('ends what it asked for, with the recovery codes', async () => {
    const { as, email } = await withTotp(server)
    await server.call('POST', '/me/recovery-codes', { as })
    const half = (await begin(server, email)).body.challenge

    expect((await server.call('DELETE', '/me/totp', { as })).status).toBe(204)

    expect(await mine(as)).toEqual({
      policy: 'optional',
      totp: null,
      passkeys: [],
      recovery_codes_left: 0,
    })
    expect((await begin(server, email)).body.access_token).toEqual(expect.any(String))
    expect((await finish(server, half, { code: '123456' })).status).toBe(401)
    expect((await server.call('DELETE', '/me/totp', { as })).status).toBe(404)
  })

  it('is refused for the last factor where one is required, and for a stale sign-in', async () => {
    const { as, session_id } = await withTotp(server)
    await setPolicy(server, 'required')
    expect((await refused(server, 'DELETE', '/me/totp', { as })).status).toBe(409)
    await setPolicy(server, 'optional')
    await age(server, session_id, 16)
    expect((await refused(server, 'DELETE', '/me/totp', { as })).body.error).toBe(
      'reauthentication_required',
    )
  })
})
