import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateToken } from '../../../src/access/token.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { eventsIn, feedOf, pathIn } from './scene.ts'

const PUBLIC_URL = 'https://postern.example'
let server: TestServer
beforeAll(async () => {
  server = await startServer({ PUBLIC_URL })
})
afterAll(() => server.close())

const inDays = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * 86_400_000)
const read = (path: string, headers: Record<string, string> = {}) =>
  server.call('GET', path, { headers })
const eventsAt = async (path: string) => eventsIn((await read(path)).text)
const ics = (at: Date) => at.toISOString().replaceAll(/[-:]|\.\d+/g, '')

const nothing = '{"error":"not_found","message":"There is nothing here","correlationId":""}'
const isNothing = async (path: string) => {
  const { status, text, body, headers } = await read(path)
  expect(status).toBe(404)
  expect(text.replace(body.correlationId, '')).toBe(nothing)
  expect(headers.get('etag')).toBeNull()
}

describe('A calendar', () => {
  it('holds when the tokens of a person expire, and of the accounts that they answer for', async () => {
    const { given, database } = server
    const person = await given.person({ tenants: ['any'] })
    const account = await given.serviceAccount(['any'])
    await database.sql(
      'INSERT INTO accountable_people (service_account_id, user_id) VALUES ($1, $2)',
      [account, person.id],
    )
    const [soon, later] = [inDays(3), inDays(40)]
    const mine = await given.token(person.id, { name: 'CI', expires_at: soon })
    const robots = await given.token(account, { name: 'robot', expires_at: later })
    await given.token(person.id, { name: 'for ever', expires_at: null })
    await given.token((await given.person()).id, { name: 'a stranger', expires_at: soon })
    const path = await feedOf(server, person)
    const events = await eventsAt(path)
    expect(events).toMatchObject([
      {
        UID: `${mine.id}@postern.example`,
        DTSTART: ics(soon),
        SUMMARY: 'Access token “CI” expires',
        TRANSP: 'TRANSPARENT',
      },
      { UID: `${robots.id}@postern.example`, DTSTART: ics(later) },
    ])
    expect(events[0]?.['URL']).toBe(`${PUBLIC_URL}/settings/tokens/${mine.id}`)
    expect(events[1]?.['URL']).toBe(`${PUBLIC_URL}/service-accounts/${account}/tokens/${robots.id}`)
    expect(events[1]?.['SUMMARY']).toMatch(/^Access token “robot” of .+ expires$/)
    const { text, headers } = await read(path)
    expect(text).not.toMatch(/for ever|a stranger/)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  it('holds system tokens for who made them', async () => {
    const { given, call } = server
    const [admin, other] = [await given.admin(), await given.admin()]
    const body = { name: 'backup', expires_in_days: 90 }
    const made = await call('POST', '/system/tokens', { as: admin.as, body })
    expect(made.status).toBe(201)
    expect(await eventsAt(await feedOf(server, admin))).toMatchObject([
      { UID: `${made.body.id}@postern.example`, URL: `${PUBLIC_URL}/system/tokens` },
    ])
    expect(await eventsAt(await feedOf(server, other))).toEqual([])
  })

  it('is of the moment at which it is asked for: what is made, revoked, or lost is seen at once', async () => {
    const { given, database } = server
    const person = await given.person({ tenants: ['any'] })
    const path = await feedOf(server, person)
    expect(await eventsAt(path)).toEqual([])
    const { id } = await given.token(person.id, { name: 'new', expires_at: inDays(3) })
    const account = await given.serviceAccount(['any'])
    const link = [account, person.id]
    await database.sql(
      'INSERT INTO accountable_people (service_account_id, user_id) VALUES ($1, $2)',
      link,
    )
    await given.token(account, { name: 'robot', expires_at: inDays(4) })
    expect(await eventsAt(path)).toHaveLength(2)
    await server.call('DELETE', `/me/tokens/${id}`, { as: person.as })
    expect(await eventsAt(path)).toMatchObject([{ SUMMARY: expect.stringContaining('robot') }])
    await database.sql(
      'DELETE FROM accountable_people WHERE service_account_id = $1 AND user_id = $2',
      link,
    )
    expect(await eventsAt(path)).toEqual([])
  })

  it('shows what has expired for thirty days', async () => {
    const { given } = server
    const person = await given.person()
    const expired = async (days: number) =>
      given.token(person.id, {
        name: `${days} days ago`,
        created_at: inDays(-60),
        expires_at: inDays(-days),
      })
    await expired(29)
    await expired(31)
    const events = await eventsAt(await feedOf(server, person))
    expect(events).toMatchObject([{ SUMMARY: 'Access token “29 days ago” expires' }])
  })

  it('holds no secret, and a name cannot become anything but a name', async () => {
    const { given } = server
    const person = await given.person()
    const name = 'a, b; c\\n END:VEVENT BEGIN:VALARM “é” 🔑'
    const token = await given.token(person.id, { name, expires_at: inDays(3) })
    const path = await feedOf(server, person)
    const { text } = await read(path)
    expect(eventsIn(text)).toMatchObject([{ SUMMARY: `Access token “${name}” expires` }])
    expect(text.match(/^BEGIN:/gm)).toHaveLength(2)
    const unfolded = text.replaceAll(/\r\n /g, '')
    for (const secret of [token.as, token.as.slice(-4), path.split('/')[2] ?? '', person.email]) {
      expect(unfolded).not.toContain(secret)
    }
  })

  it('is answered by 304 to who has it already, and is for nobody on the way to keep', async () => {
    const { given } = server
    const person = await given.person()
    await given.token(person.id, { name: 'one', expires_at: inDays(3) })
    const path = await feedOf(server, person)
    const first = await read(path)
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    expect(first.headers.get('x-robots-tag')).toBe('noindex')
    expect(first.headers.get('referrer-policy')).toBe('no-referrer')
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await read(path, { 'if-none-match': known })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
      expect(again.headers.get('cache-control')).toBe('private, no-cache')
    }
    expect((await read(path, { 'if-none-match': '"other"' })).status).toBe(200)
    await given.token(person.id, { name: 'two', expires_at: inDays(4) })
    const changed = await read(path, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })
})

describe('The address of a calendar', () => {
  it('is shown once, and lies as a hash', async () => {
    const { given, call, database, logs } = server
    const person = await given.person()
    expect((await call('GET', '/me/calendar-feed', { as: person.as })).status).toBe(404)
    const made = await call('POST', '/me/calendar-feed', { as: person.as })
    expect(made.headers.get('cache-control')).toBe('no-store')
    const { calendar_url, ...rest } = made.body
    expect(calendar_url).toMatch(
      /^https:\/\/postern\.example\/api\/v1\/calendars\/postern_cal_[0-9A-Za-z]{49}\/token-expiries\.ics$/,
    )
    expect((await call('GET', '/me/calendar-feed', { as: person.as })).body).toEqual(rest)
    const key = /postern_cal_\w+/.exec(calendar_url)?.[0] ?? 'none'
    await read(pathIn(calendar_url))
    await read(pathIn(calendar_url).replace('token-expiries', 'other'))
    const rows = await database.sql<{ row: string }>('SELECT f::text AS row FROM calendar_feeds f')
    for (const text of [logs.join(''), JSON.stringify(rows)]) {
      expect(text).not.toContain(key)
      expect(text).not.toContain(key.slice('postern_cal_'.length, -6))
    }
  })

  it('ends with the next one, and with its deletion', async () => {
    const { given, call } = server
    const person = await given.person()
    const [first, second] = [await feedOf(server, person), await feedOf(server, person)]
    await isNothing(first)
    expect((await read(second)).status).toBe(200)
    expect((await call('DELETE', '/me/calendar-feed', { as: person.as })).status).toBe(204)
    await isNothing(second)
    expect((await call('DELETE', '/me/calendar-feed', { as: person.as })).status).toBe(404)
  })

  it('is one, however many are asked for at once', async () => {
    const { given, database } = server
    const person = await given.person()
    const paths = await Promise.all(Array.from({ length: 8 }, () => feedOf(server, person)))
    const statuses = await Promise.all(paths.map(async (path) => (await read(path)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const sql = 'SELECT id FROM calendar_feeds WHERE user_id = $1'
    expect(await database.sql(sql, [person.id])).toHaveLength(1)
  })

  it('answers nothing any more when all that its person was given has ended, until they ask for another', async () => {
    const person = await server.given.withPassword({ tenants: ['any'] })
    const path = await feedOf(server, person)
    expect((await read(path)).status).toBe(200)
    await server.database.sql('UPDATE users SET credentials_valid_from = now() WHERE id = $1', [
      person.id,
    ])
    expect((await read(path)).status).toBe(404)
    const again = await server.given.session(person.id)
    expect((await read(await feedOf(server, { ...person, ...again }))).status).toBe(200)
  })

  it('answers nothing while its person is deactivated, and never again once they are deleted', async () => {
    const { given, call, database } = server
    const admin = await given.admin()
    const person = await given.withPassword({ tenants: ['any'] })
    const path = await feedOf(server, person)
    const etag = (await read(path)).headers.get('etag') ?? ''
    const act = async (method: string, end: string) =>
      (await call(method, `/users/${person.id}${end}`, { as: admin.as })).status
    expect(await act('POST', '/deactivate')).toBeLessThan(300)
    await isNothing(path)
    expect((await read(path, { 'if-none-match': etag })).status).toBe(404)
    expect(await act('POST', '/activate')).toBeLessThan(300)
    expect((await read(path)).status).toBe(200)
    expect(await act('DELETE', '')).toBe(204)
    await isNothing(path)
    expect(
      await database.sql('SELECT id FROM calendar_feeds WHERE user_id = $1', [person.id]),
    ).toEqual([])
  })

  it('is known by nobody: what is wrong with a key is not said', async () => {
    const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
    const pat = generateToken('postern', 'pat', random)
    const unknown = generateToken('postern', 'cal', random)
    const typo = unknown.slice(0, -1) + (unknown.endsWith('a') ? 'b' : 'a')
    for (const key of [pat, unknown, typo, 'nonsense', 'a'.repeat(99)]) {
      await isNothing(`/calendars/${key}/token-expiries.ics`)
    }
  })

  it('is no credential, and a token makes none', async () => {
    const { given, call } = server
    const person = await given.person({ tenants: ['any'] })
    const path = await feedOf(server, person)
    const key = path.split('/')[2] ?? ''
    expect((await call('GET', '/me', { as: key })).status).toBe(401)
    const { as } = await given.token(person.id, { tenants: ['any'] })
    const before = await server.traces()
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect((await call(method, '/me/calendar-feed', { as })).status).toBe(403)
    }
    expect(await server.traces()).toEqual(before)
  })
})

describe('Who asks too often', () => {
  it('for calendars is slowed down, by where they come from', async () => {
    const limited = await startServer({ RATE_LIMIT_PER_MINUTE: '3' })
    try {
      const path = '/calendars/nonsense/token-expiries.ics'
      const statuses: number[] = []
      for (let asked = 0; asked < 5; asked += 1) {
        statuses.push((await fetch(`${limited.url}/api/v1${path}`)).status)
      }
      expect(statuses).toEqual([404, 404, 404, 429, 429])
    } finally {
      await limited.close()
    }
  })
})
