import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '../../src/access/token.ts'
import { startServer, type TestServer } from '../support/server.ts'
import type { Mutation } from './mutation.ts'
import { mutations } from './mutations.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await server.database.sql(`
    CREATE FUNCTION break_audit() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN RAISE EXCEPTION ''the audit log is broken''; END';
    CREATE TRIGGER broken BEFORE INSERT ON audit_events
      FOR EACH ROW EXECUTE FUNCTION break_audit();
    ALTER TABLE audit_events DISABLE TRIGGER broken`)
})
afterAll(() => server.close())

type Event = Record<string, unknown>
const newest = () =>
  server.database.sql<Event>('SELECT * FROM audit_events ORDER BY at DESC, id DESC LIMIT 1')

async function events(): Promise<number> {
  return (await server.traces())['audit_events'] ?? 0
}

const send = ({ method, path, as, body, headers = {} }: Mutation) =>
  server.call(method, path, { as, body, headers })

const names = Object.keys(mutations)
const prepared = async (name: string): Promise<Mutation> => {
  const prepare = mutations[name]
  if (!prepare) throw new Error(`No mutation ${name}`)
  return prepare(server)
}

/** A question that is asked by POST, since what it asks about belongs into no URL. */
const questions = ['introspect']

describe('the table of mutations', () => {
  it('holds every operation that may change something', () => {
    const changing = server.app.routes
      .filter(({ method }) =>
        [method].flat().some((one) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(one)),
      )
      .map(({ schema }) => (schema as { operationId?: string } | undefined)?.operationId)
      .filter((id) => id !== undefined)
    const tested = new Set(names.map((name) => name.split(',')[0]))
    expect(changing.filter((id) => !tested.has(id) && !questions.includes(id))).toEqual([])
  })
})

describe('a change', () => {
  it.each(names)('leaves one event that says who did what to whom: %s', async (name) => {
    const mutation = await prepared(name)
    const before = await events()

    const answer = await send(mutation)

    expect(answer.status).toBe(mutation.status)
    expect(await events()).toBe(before + 1)
    const [event] = await newest()
    expect(event).toMatchObject({
      ...mutation.event(answer),
      correlation_id: answer.headers.get('x-correlation-id'),
      ip: '127.0.0.1',
    })
    expect(Date.now() - (event?.['at'] as Date).getTime()).toBeLessThan(10_000)
  })

  it.each(names)('shows no secret in its event: %s', async (name) => {
    const mutation = await prepared(name)
    const answer = await send(mutation)
    const [event] = await newest()
    const text = JSON.stringify(event)
    for (const secret of mutation.secrets?.(answer) ?? []) {
      expect(secret.length).toBeGreaterThan(10)
      const hash = hashToken(secret)
      for (const form of [secret, hash.toString('hex'), hash.toString('base64')]) {
        expect(text).not.toContain(form)
      }
    }
    expect(text).not.toMatch(/"(\w+_)?password"|_hash|\$2[aby]\$/)
  })
})

/** All that is stored, but for when a token was last used, which a refused call may touch. */
async function everything(): Promise<Record<string, string>> {
  const tables = await server.database.sql<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'token_usage' ORDER BY 1`,
  )
  const state: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await server.database.sql<{ rows: string }>(
      `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS rows FROM "${name}" t`,
    )
    state[name] = row?.rows ?? ''
  }
  return state
}

describe('a change whose event cannot be written', () => {
  it.each(names)('does not happen: %s', async (name) => {
    const mutation = await prepared(name)
    const before = await everything()
    await server.database.sql('ALTER TABLE audit_events ENABLE TRIGGER broken')
    try {
      const { status, text } = await send(mutation)
      expect(status).toBeGreaterThanOrEqual(500)
      expect(text).not.toContain('audit')
      expect(await everything()).toEqual(before)
    } finally {
      await server.database.sql('ALTER TABLE audit_events DISABLE TRIGGER broken')
    }
    expect((await send(mutation)).status).toBe(mutation.status)
  })
})

describe('a call that is refused', () => {
  const authenticated = names.filter(
    (name) => !['login', 'logout', 'refresh', 'acceptInvitation'].includes(name),
  )

  it.each(authenticated)('changes nothing and leaves no event: %s', async (name) => {
    const mutation = await prepared(name)
    // In every tenant, so that nothing is hidden from them: they may know and may not do.
    const { as } = await server.given.person({ tenants: ['any'] })
    const before = await everything()
    expect((await send({ ...mutation, as: undefined })).status).toBe(401)
    if (!mutation.path.startsWith('/me/')) {
      expect((await send({ ...mutation, as })).status).toBe(403)
    }
    expect(await everything()).toEqual(before)
  })

  it('leaves no event when someone fails to sign in or to accept an invitation', async () => {
    const before = await everything()
    const { call } = server
    const body = { email: 'admin@postern.local', password: 'not the password' }
    expect((await call('POST', '/auth/login', { body })).status).toBe(401)
    const invitation = { token: 'not-an-invitation', password: 'a long enough password' }
    expect((await call('POST', '/auth/accept-invitation', { body: invitation })).status).toBe(400)
    expect((await call('POST', '/auth/refresh')).status).toBe(401)
    expect(await everything()).toEqual(before)
  })
})
