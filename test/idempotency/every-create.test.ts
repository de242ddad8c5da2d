import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { isCreate } from '../../src/http/is-create.ts'
import type { Mutation } from '../audit/mutation.ts'
import { mutations } from '../audit/mutations.ts'
import { startServer, type TestServer } from '../support/server.ts'

// Ahead of the tests, which are made from the table of routes.
const server: TestServer = await startServer()
afterAll(() => server.close())

const createIds = server.app.routes
  .filter(isCreate)
  .map(({ schema }) => (schema as { operationId: string }).operationId)

/** From the table of mutations, in which every operation that changes something has a row. */
const isOfCreate = (name: string) => createIds.includes(name.split(',')[0] ?? '')
const creates = Object.keys(mutations).filter(isOfCreate)
const others = Object.keys(mutations).filter((name) => !isOfCreate(name))

const prepared = async (name: string): Promise<Mutation> => mutations[name]!(server)

const send = ({ method, path, as, body, headers }: Mutation, key: string) =>
  server.call(method, path, { as, body, headers: { ...headers, 'idempotency-key': key } })

/** What a first answer shows and a replay does not. */
const shownOnce = ['token', 'invitation_url']

const withoutSecrets = (body: object) =>
  Object.fromEntries(
    Object.entries(body).filter(([field, value]) => value === null || !shownOnce.includes(field)),
  )

describe('each create', () => {
  it('has a row in the table of mutations', () => {
    const rows = new Set(creates.map((name) => name.split(',')[0]))
    expect(createIds.length).toBeGreaterThanOrEqual(8)
    expect([...rows].sort()).toEqual([...createIds].sort())
  })

  it('documents the header and its 409, and nothing else does', async () => {
    type Documented = { operationId: string; parameters?: { name: string }[]; responses: object }
    const { body } = await server.call('GET', '/openapi.json')
    const documented = Object.values(body.paths as Record<string, object>)
      .flatMap((methods) => Object.values(methods) as Documented[])
      .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key'))

    expect(documented.map(({ operationId }) => operationId).sort()).toEqual([...createIds].sort())
    for (const { responses } of documented) expect(Object.keys(responses)).toContain('409')
  })

  it.each(creates)(
    'done again with its key makes nothing more, answers the same and shows no secret: %s',
    async (name) => {
      const mutation = await prepared(name)
      const key = randomUUID()
      const first = await send(mutation, key)
      expect(first.status).toBe(201)
      expect(first.headers.has('idempotency-replayed')).toBe(false)
      const before = await server.traces()

      const second = await send(mutation, key)

      expect(second.status).toBe(201)
      expect(second.headers.get('idempotency-replayed')).toBe('true')
      expect(second.body).toEqual(withoutSecrets(first.body))
      expect(second.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each(creates)('leaves no secret and no key in what is remembered: %s', async (name) => {
    const mutation = await prepared(name)
    const key = randomUUID()
    const answer = await send(mutation, key)

    const rows = await server.database.sql<{ row: string }>(
      'SELECT k::text AS row FROM idempotency_keys k',
    )
    const text = rows.map(({ row }) => row).join('\n')

    expect(text).toContain(answer.body.id ?? answer.body.name)
    expect(text).not.toContain(key)
    expect(text).not.toContain('token_hash')
    for (const secret of mutation.secrets?.(answer) ?? []) {
      expect(text).not.toContain(secret)
    }
  })
})

describe('what is no create', () => {
  it.each(others)('takes no notice of the key: %s', async (name) => {
    const mutation = await prepared(name)
    const headers = { ...mutation.headers, 'idempotency-key': 'not a key' }

    const answer = await server.call(mutation.method, mutation.path, { ...mutation, headers })

    expect(answer.status).toBe(mutation.status)
    expect(answer.headers.has('idempotency-replayed')).toBe(false)
  })
})
