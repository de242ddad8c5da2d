import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LastUsed, lastUsedWriter } from '../../../src/access/last-used.ts'
import { eventually } from '../../support/eventually.ts'
import type { GivenToken } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ TRUST_PROXY: '127.0.0.1' })
})
afterAll(() => server.close())

async function tokenOfSomeone(): Promise<GivenToken & { session: string }> {
  const person = await server.given.person()
  return { ...(await server.given.token(person.id)), session: person.as }
}

async function shown({ id, session }: { id: string; session: string }) {
  const { body } = await server.call('GET', `/me/tokens/${id}`, { as: session })
  return { at: body.last_used_at as string | null, ip: body.last_used_ip as string | null }
}

type Stored = { at: Date; ip: string; version: string }

/** The row of a token's use; its version changes with every write. */
async function stored(id: string): Promise<Stored | undefined> {
  const [row] = await server.database.sql<Stored>(
    `SELECT last_used_at AS at, host(last_used_ip) AS ip, xmin::text AS version
     FROM token_usage WHERE token_id = $1`,
    [id],
  )
  return row
}

async function poll<T>(look: () => Promise<T>, isDone: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + 5000
  for (;;) {
    const seen = await look()
    if (isDone(seen) || Date.now() > end) return seen
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the last use of a token', () => {
  it('is visible within five seconds, with its time and address', async () => {
    const token = await tokenOfSomeone()
    expect(await shown(token)).toEqual({ at: null, ip: null })
    const used = Date.now()
    await server.call('GET', '/me', { as: token.as, headers: { 'x-forwarded-for': '192.0.2.7' } })

    const { at, ip } = await poll(
      () => shown(token),
      (seen) => seen.at !== null,
    )

    expect(ip).toBe('192.0.2.7')
    expect(Math.abs(Date.parse(at ?? '') - used)).toBeLessThan(1000)
  })

  it('counts where the token was refused for what it may not do', async () => {
    const token = await tokenOfSomeone()
    expect((await server.call('GET', '/users', { as: token.as })).status).toBe(403)

    const { at } = await poll(
      () => shown(token),
      (seen) => seen.at !== null,
    )

    expect(at).not.toBeNull()
  })

  it('does not count where the token is dead', async () => {
    const person = await server.given.person()
    const dead = await server.given.token(person.id, { revoked: true })
    const alive = await server.given.token(person.id)
    await server.call('GET', '/me', { as: dead.as })
    await server.call('GET', '/me', { as: alive.as })

    await poll(
      () => stored(alive.id),
      (row) => row !== undefined,
    )

    expect(await stored(dead.id)).toBeUndefined()
  })
})

describe('the last use of a token, behind a proxy', () => {
  // What a proxy forwards may be `unknown`, or an address with a port.
  it.each(['unknown', '192.0.2.7:5678'])(
    'is not lost where another caller comes from %s',
    async (forwarded) => {
      const proxied = await startServer({ TRUST_PROXY: '127.0.0.1' })
      const { given, call, database, app } = proxied
      const person = await given.person()
      const [token, odd] = [await given.token(person.id), await given.token(person.id)]
      const headers = { 'x-forwarded-for': forwarded }
      const answer = await call('GET', '/me', { as: odd.as, headers })
      await call('GET', '/me', { as: token.as })
      await app.close()

      const rows = await database.sql('SELECT 1 FROM token_usage WHERE token_id = $1', [token.id])

      await proxied.close()
      expect(answer.status).toBe(200)
      expect(rows).toHaveLength(1)
    },
  )
})

describe('the last use of a token, on a clean stop', () => {
  it('is in the database before the server has closed', async () => {
    const stopping = await startServer()
    const { given, call, app, database } = stopping
    const token = await given.token((await given.person()).id)
    await call('GET', '/me', { as: token.as, headers: { connection: 'close' } })

    await app.close()

    const rows = await database.sql('SELECT 1 FROM token_usage WHERE token_id = $1', [token.id])
    await stopping.close()
    expect(rows).toHaveLength(1)
  })
})

describe('the writer of last uses', () => {
  let time = Date.now()
  type Writer = LastUsed & { errors: unknown[] }
  const writers: Writer[] = []
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(async () => {
    vi.useRealTimers()
    for (const writer of writers.splice(0)) await writer.stop()
  })

  /** A writer whose clock and whose ticks are ours, on the real database. */
  function newWriter(): Writer {
    const errors: unknown[] = []
    const clock = () => new Date(time)
    const writer = lastUsedWriter(server.pool, clock, (error) => errors.push(error))
    const one = { ...writer, errors }
    writers.push(one)
    return one
  }

  const versionOf = async (id: string) => (await stored(id))?.version

  /** Uses another token and waits for its write: what was due before it has been written too. */
  async function settled(writer: Writer): Promise<void> {
    const marker = await tokenOfSomeone()
    writer.record(marker.id, '192.0.2.1')
    vi.advanceTimersByTime(1000)
    const row = await poll(
      () => stored(marker.id),
      (seen) => seen !== undefined,
    )
    expect(row).toBeDefined()
  }

  it('writes a token at most once in a minute, and is then no more than that behind', async () => {
    const writer = newWriter()
    const { id } = await tokenOfSomeone()
    writer.record(id, '192.0.2.1')
    await settled(writer)
    const first = await versionOf(id)

    for (let second = 0; second < 50; second += 10) {
      time += 10_000
      writer.record(id, '192.0.2.2')
      await settled(writer)
      expect(await versionOf(id)).toBe(first)
    }
    // The process's clock is a minute on; the database's has to be, too.
    time += 10_000
    await server.database.sql(
      "UPDATE token_usage SET last_used_at = last_used_at - interval '60 s' WHERE token_id = $1",
      [id],
    )
    writer.record(id, '192.0.2.3')
    await settled(writer)

    expect(await versionOf(id)).not.toBe(first)
    expect((await stored(id))?.ip).toBe('192.0.2.3')
    expect(writer.errors).toEqual([])
  })

  it('writes many tokens in one statement', async () => {
    const writer = newWriter()
    const ids = []
    for (let at = 0; at < 30; at += 1) ids.push((await tokenOfSomeone()).id)
    for (const id of ids) writer.record(id, '192.0.2.1')
    await settled(writer)

    const versions = await Promise.all(ids.map(versionOf))

    expect(versions[0]).toBeDefined()
    expect(new Set(versions).size).toBe(1)
  })

  it('never goes backwards, whichever of two processes writes last', async () => {
    const [late, early] = [newWriter(), newWriter()]
    const { id } = await tokenOfSomeone()
    late.record(id, '192.0.2.1')
    time += 20_000
    early.record(id, '192.0.2.2')
    await early.stop()
    const newest = await stored(id)

    await late.stop()

    expect(newest?.ip).toBe('192.0.2.2')
    expect(await stored(id)).toEqual(newest)
  })

  it('writes at most once in a minute, of two processes together', async () => {
    const [one, other] = [newWriter(), newWriter()]
    const { id } = await tokenOfSomeone()
    one.record(id, '192.0.2.1')
    await settled(one)
    const first = await versionOf(id)
    time += 5000
    other.record(id, '192.0.2.2')

    await settled(other)

    expect(await versionOf(id)).toBe(first)
  })

  /** A token whose use is a minute old and locked, as by another process that is writing it. */
  async function lockedUse() {
    const { id } = await tokenOfSomeone()
    await server.database.sql(
      "INSERT INTO token_usage VALUES ($1, now() - interval '2 minutes', '192.0.2.1')",
      [id],
    )
    const other = await server.pool.connect()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM token_usage WHERE token_id = $1 FOR UPDATE', [id])
    const release = async () => {
      await other.query('COMMIT')
      other.release()
    }
    return { id, release }
  }

  it('leaves a row that another process is writing, and writes it in its next turn', async () => {
    const writer = newWriter()
    const { id, release } = await lockedUse()
    writer.record(id, '192.0.2.2')
    await settled(writer)
    expect((await stored(id))?.ip).toBe('192.0.2.1')
    await release()
    await settled(writer)
    expect((await stored(id))?.ip).toBe('192.0.2.2')
    expect(writer.errors).toEqual([])
  })

  it('waits for such a row at the end of the process', async () => {
    const writer = newWriter()
    const { id, release } = await lockedUse()
    writer.record(id, '192.0.2.2')
    const stopped = writer.stop()
    await eventually(async () => (await waiting()) > 0)
    await release()
    await stopped
    expect((await stored(id))?.ip).toBe('192.0.2.2')
  })

  const waiting = async () =>
    (
      await server.database.sql(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).length

  it('keeps a use that could not be written, and writes it later', async () => {
    const { sql } = server.database
    const writer = newWriter()
    const { id } = await tokenOfSomeone()
    await sql('ALTER TABLE token_usage RENAME TO token_usage_away')
    writer.record(id, '192.0.2.1')
    vi.advanceTimersByTime(1000)
    await poll(
      async () => writer.errors.length,
      (count) => count > 0,
    )
    await sql('ALTER TABLE token_usage_away RENAME TO token_usage')
    expect(writer.errors).toHaveLength(1)

    vi.advanceTimersByTime(1000)

    expect(
      await poll(
        () => stored(id),
        (row) => row !== undefined,
      ),
    ).toBeDefined()
  })
})
