import { exec } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newUser, password, refreshWith, signIn, statusOf } from '../modules/sign-in/people.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAdmin, shownIn } from './run-admin.ts'

// Each is a process of its own, which looks for migrations first.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const admin = (...args: string[]) => runAdmin({ DATABASE_URL: server.database.url }, ...args)
const login = (email: string, secret: string) =>
  server.call('POST', '/auth/login', { body: { email, password: secret } })
const lastEvent = async () => {
  const [event] = await server.database.sql(
    `SELECT actor_id, actor_name, credential_kind, action, target_id, before, after, correlation_id
     FROM audit_events ORDER BY at DESC, id DESC LIMIT 1`,
  )
  return event
}
const byCli = {
  actor_id: null,
  actor_name: 'admin CLI',
  credential_kind: null,
  correlation_id: expect.stringMatching(/^[0-9a-f]{32}$/),
}

describe('npm run admin -- create-admin', () => {
  it('makes an administrator who can sign in with the password that is shown once', async () => {
    const { code, stdout, stderr } = await admin('create-admin', '--email', 'Rescue@example.com')

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const secret = shownIn(stdout)
    expect(secret).toMatch(/^[\w-]{24}$/)
    const signedIn = await login('rescue@example.com', secret)
    expect(signedIn.status).toBe(200)
    const as = signedIn.body.access_token
    expect((await server.call('GET', '/settings', { as })).status).toBe(200)
    const [created] = await server.database.sql(
      `SELECT actor_id, actor_name, credential_kind, correlation_id, before, after
       FROM audit_events WHERE action = 'user.created' ORDER BY at DESC LIMIT 1`,
    )
    const after = {
      email: 'rescue@example.com',
      name: 'Administrator',
      role: 'admin',
      tenants: ['any'],
    }
    expect(created).toEqual({ ...byCli, before: null, after })
    expect(JSON.stringify(created)).not.toContain(secret)
  })

  it('makes a password as long as the platform asks for', async () => {
    await server.database.sql('UPDATE settings SET password_min_length = 64')
    const { stdout } = await admin('create-admin', '--email', 'long@example.com', '--name', 'Long')
    await server.database.sql('UPDATE settings SET password_min_length = 12')
    expect(shownIn(stdout)).toHaveLength(64)
  })

  it('changes nothing where somebody has the address', async () => {
    const { email } = await newUser(server)
    const before = await server.traces()
    const { code, stdout, stderr } = await admin('create-admin', '--email', email)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('reset-password')
    expect(await server.traces()).toEqual(before)
  })
})

describe('npm run admin -- reset-password', () => {
  it('replaces the password and ends the sessions, with an event that tells neither', async () => {
    const person = await signIn(server)
    const token = await server.given.token(person.id)

    const { code, stdout } = await admin('reset-password', '--email', person.email.toUpperCase())

    expect(code).toBe(0)
    const secret = shownIn(stdout)
    expect(await lastEvent()).toEqual({
      ...byCli,
      action: 'user.password_reset',
      target_id: person.id,
      before: { status: 'active' },
      after: { status: 'active', sessions_ended: 1 },
    })
    expect(await statusOf(server, person.as)).toBe(401)
    expect((await refreshWith(server, person.cookie)).status).toBe(401)
    expect(await statusOf(server, token.as)).toBe(200)
    expect((await login(person.email, password)).status).toBe(401)
    expect((await login(person.email, secret)).status).toBe(200)
  })

  it('lets in whoever was invited, and nobody who was deactivated', async () => {
    const invited = await newUser(server, { status: 'invited', secret: null })
    const { stdout } = await admin('reset-password', '--email', invited.email)
    expect((await login(invited.email, shownIn(stdout))).status).toBe(200)

    const gone = await newUser(server, { status: 'deactivated' })
    const before = await server.traces()
    const refused = await admin('reset-password', '--email', gone.email)
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('deactivated')
    expect(await server.traces()).toEqual(before)
  })
})

describe('npm run admin -- epoch', () => {
  it('lets nobody make anything that is younger than it while it works', async () => {
    const { database, given } = server
    const person = await signIn(server)
    const token = await given.token(person.id)
    // It stops in the middle: the token is somebody else’s just now.
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT FROM tokens WHERE id = $1 FOR UPDATE', [token.id])
    const running = admin('epoch')
    const waiting = (count: number) =>
      eventually(async () => {
        const rows = await database.sql(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return rows.length >= count
      }, 30_000)
    await waiting(1)
    const body = { name: 'younger' }
    const make = server.call('POST', '/me/tokens', { as: person.as, body })
    const enter = login(person.email, password)
    await waiting(3)
    await other.query('ROLLBACK')
    await other.end()

    expect((await running).code).toBe(0)
    expect((await make).status).toBe(401)
    const entered = await enter
    expect(entered.status).toBe(200)
    expect(await statusOf(server, entered.body.access_token)).toBe(200)
    for (const as of [person.as, token.as]) expect(await statusOf(server, as)).toBe(401)
    const rows = await database.sql(`SELECT 1 FROM tokens WHERE name = 'younger'`)
    expect(rows).toEqual([])
  })
})

describe('npm run admin -- epoch --email', () => {
  it('ends what one person has, and nothing else', async () => {
    const [person, other] = [await signIn(server), await signIn(server)]
    const token = await server.given.token(person.id)

    const { code, stdout } = await admin('epoch', '--email', person.email)

    expect(code).toBe(0)
    expect(stdout).toContain('1 sessions, 1 tokens, 0 invitations and 0 recovery codes ended')
    expect(await lastEvent()).toMatchObject({
      ...byCli,
      action: 'user.credentials_ended',
      target_id: person.id,
    })
    for (const as of [person.as, token.as]) expect(await statusOf(server, as)).toBe(401)
    expect(await statusOf(server, other.as)).toBe(200)
    expect((await login(person.email, password)).status).toBe(200)
  })
})

describe('npm run admin -- export-audit', () => {
  const count = async () =>
    (await server.database.sql('SELECT count(*)::int AS n FROM audit_events'))[0]?.['n']

  it('writes every event on a line of its own, the oldest first, and its own event at last', async () => {
    // More than fit in one turn, many of them of one moment.
    await server.database.sql(
      `INSERT INTO audit_events (id, at, actor_name, action, target_type, target_id, tenant_ids)
       SELECT gen_random_uuid(), '2026-01-01'::timestamptz + (n / 700) * interval '1 s', 'somebody',
         'thing.done', 'thing', n::text, '{}' FROM generate_series(1, 2500) AS n`,
    )
    const { code, stdout } = await admin('export-audit')
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(events).toHaveLength(await count())
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    const times = events.map(({ at }) => at)
    expect(times).toEqual([...times].sort())
    expect(events.at(-1)).toMatchObject({ action: 'audit.exported', actor_name: 'admin CLI' })
  })

  it('fills a file with nothing but events, called through npm as README and help say', async () => {
    const readme = await readFile('README.md', 'utf8')
    const documented = /`(npm run [^`]*export-audit > )[\w.]+`/.exec(readme)?.[1] ?? ''
    const { stderr: help } = await admin()
    expect(help).toContain('npm run --silent admin -- export-audit [--from …] [--to …] > file')
    const directory = await mkdtemp(join(tmpdir(), 'postern-audit-'))
    const file = join(directory, 'audit.jsonl')
    try {
      const { PATH = '', HOME = '' } = process.env
      const env = { PATH, HOME, DATABASE_URL: server.database.url }
      await promisify(exec)(`${documented}${file}`, { env })
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')

      expect(lines).toHaveLength(await count())
      for (const line of lines) expect(JSON.parse(line)).toHaveProperty('action')
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('writes those of a span', async () => {
    const span = ['--from', '2026-01-01T00:00:01Z', '--to', '2026-01-01T00:00:02Z']
    const { stdout } = await admin('export-audit', ...span)
    expect(stdout.trimEnd().split('\n')).toHaveLength(700)
  })
})

describe('npm run admin', () => {
  it.each([
    ['no command', [], 'create-admin'],
    ['an unknown command', ['make-coffee'], 'export-audit'],
    ['an unknown option', ['epoch', '--everybody', 'yes'], 'epoch [--email'],
    ['a missing option', ['reset-password'], '--email'],
    ['an address that is none', ['create-admin', '--email', 'nobody'], '--email'],
    ['an instant that is none', ['export-audit', '--from', 'yesterday'], '--from'],
    ['a day that is none', ['export-audit', '--to', '2026-02-30T00:00:00Z'], '--to'],
    ['nobody’s address', ['epoch', '--email', 'nobody@example.com'], 'nobody@example.com'],
  ])('says what is wrong with %s, changes nothing, and ends with 1', async (_, args, says) => {
    const before = await server.traces()
    const { code, stdout, stderr } = await admin(...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('    at ')
    expect(await server.traces()).toEqual(before)
  })
})
