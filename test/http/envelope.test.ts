import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Given } from '../support/given.ts'
import { operationsOf, pathOf } from '../support/operations.ts'
import { startServer } from '../support/server.ts'

// Started here and not in beforeAll: tests are made from the server's table of routes.
const server = await startServer()
const { call } = server

let as: string
let before: Record<string, number>
beforeAll(async () => {
  as = (await server.given.admin()).as
  before = await server.traces()
})
afterAll(async () => {
  const after = await server.traces()
  await server.close()
  // Nothing in this file is ever carried out.
  expect(after).toEqual(before)
})

type Answer = Awaited<ReturnType<Given['call']>>

/** The one envelope, whole: no field beside those that the contract names. */
function expectEnvelope(answer: Answer, status: number, error: string) {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const { errors: _, ...body } = answer.body
  expect(body).toEqual({
    error,
    message: expect.stringMatching(/^[^{}\n]+$/),
    correlationId: answer.headers.get('x-correlation-id'),
  })
  expect(body.correlationId).toMatch(/^[0-9a-f]{32}$/)
  // What the framework says of itself is nobody's business.
  expect(answer.text).not.toMatch(/FST_|fastify|prisma|at position|JSON\.parse|Unexpected token/i)
}

const inJson = { 'content-type': 'application/json' }
const post = (body: string, headers: Record<string, string> = inJson) =>
  call('POST', '/auth/login', { body, headers })
const fieldsOf = ({ body }: Answer) =>
  (body.errors as { field: string }[]).map(({ field }) => field)

describe('404 not found', () => {
  it.each([
    ['a path that leads nowhere', '//nowhere'],
    ['a path below the API that leads nowhere', '/nowhere'],
    ['an id that is none', '/users/nonsense'],
    ['a parameter without end', `/users/${'a'.repeat(5000)}`],
    ['a path with a slash too many', '/me//tokens'],
    ['a file that the docs do not have', '//docs/static/nowhere.js'],
    ['a way out of the docs’ folder', '//docs/static/..%2f..%2fpackage.json'],
  ])('answers the envelope for %s', async (_, path) => {
    expectEnvelope(await call('GET', path, { as }), 404, 'not_found')
  })
})

describe('405 method not allowed', () => {
  const operations = operationsOf(server.app)
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  // Gateways ask /authorize with any method (test/modules/gateway/authorize.test.ts).
  const urls = [...new Set(operations.map(({ url }) => url))].filter(
    (url) => !url.endsWith('/authorize'),
  )
  const params = new Proxy({}, { get: () => 'any' })

  it.each(urls)('%s names the methods that there are, whoever asks', async (url) => {
    const here = operations.filter((operation) => operation.url === url)
    const known = here.map(({ method }) => method)
    const allowed = known.includes('GET') ? [...known, 'HEAD'] : known
    const [first] = here
    if (!first) throw new Error(`No operation at ${url}`)
    for (const method of methods.filter((one) => !known.includes(one))) {
      const answer = await call(method, pathOf(first, params))

      expectEnvelope(answer, 405, 'method_not_allowed')
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allowed.sort())
    }
  })

  it.each(['PUT', 'PATCH'])(
    '%s of a token tells to delete and create, as tokens never change',
    async (method) => {
      const path = '/me/tokens/0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'

      const answer = await call(method, path, { as, body: { name: 'another' } })

      expectEnvelope(answer, 405, 'method_not_allowed')
      expect(answer.body.message).toBe('A token never changes: delete it and create another')
      expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD')
    },
  )

  it.each([
    ['broken JSON', '{"name":', 'application/json'],
    ['text', 'name', 'text/plain'],
    ['too much', 'x'.repeat(300_000), 'application/json'],
  ])('is said whatever the body is: %s', async (_, body, type) => {
    const answer = await call('PUT', '/me', { as, body, headers: { 'content-type': type } })
    expectEnvelope(answer, 405, 'method_not_allowed')
  })
})

describe('413 payload too large', () => {
  it('answers the envelope to a body above 256 KiB', async () => {
    const body = JSON.stringify({ email: 'x'.repeat(262_144), password: 'x' })
    expectEnvelope(await post(body), 413, 'payload_too_large')
  })
})

describe('415 unsupported media type', () => {
  const form = 'multipart/form-data; boundary=x'
  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', form, 'nonsense'])(
    'answers the envelope to %s',
    async (type) => {
      const answer = await post('{"email":"a@example.com","password":"x"}', {
        'content-type': type,
      })
      expectEnvelope(answer, 415, 'unsupported_media_type')
    },
  )

  it('answers the envelope to a body without a type', async () => {
    const body = new Blob(['{"email":"a@example.com","password":"x"}'])
    const response = await fetch(`${server.url}/api/v1/auth/login`, { method: 'POST', body })
    const text = await response.text()
    const { status, headers } = response
    expectEnvelope({ status, headers, text, body: JSON.parse(text) }, 415, 'unsupported_media_type')
  })
})

describe('400 validation error', () => {
  it.each([
    ['broken JSON', '{"email":'],
    ['two documents', '{}{}'],
    ['an empty body', ''],
    ['a lone quote', '"'],
    ['single quotes', "{'email':'a'}"],
    ['a number that is none', '{"email":NaN}'],
    ['a __proto__ key', '{"__proto__":{"status":"active"}}'],
    ['a __proto__ key further down', '{"email":{"__proto__":1}}'],
    ['a __proto__ key in disguise', '{"\\u005f_proto__":{}}'],
    ['a constructor.prototype', '{"constructor":{"prototype":{"status":"active"}}}'],
  ])('answers the envelope to %s', async (_, body) => {
    expectEnvelope(await post(body), 400, 'validation_error')
  })

  it.each([
    ['an array', '[]'],
    ['null', 'null'],
    ['a string', '"text"'],
    ['a number', '1'],
  ])('names the body where it is %s and no object', async (_, body) => {
    const answer = await post(body)
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer)).toEqual(['body'])
  })

  it.each([
    ['arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a field of arrays', `{"email":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a field of objects', `{"email":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`],
  ])('answers the envelope to %s a hundred thousand deep', async (_, body) => {
    expectEnvelope(await post(body), 400, 'validation_error')
  })

  it('survives two deep arrays where items must be unique', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const body = `{"name":"x","permissions":[${deep},${deep}]}`
    const answer = await call('POST', '/roles', { as, body })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer)).toEqual(['permissions'])
  })

  it('names every field at fault, once', async () => {
    const body = { slug: 'UPPER', type: 'other', surprise: true }
    const answer = await call('POST', '/tenants', { as, body })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer).sort()).toEqual(['name', 'slug', 'surprise', 'type'])
  })

  it.each([
    ['NUL in a field', { slug: 'acme', name: 'a\0b', type: 'test' }, 'name'],
    ['half a surrogate pair in a field', { slug: 'acme', name: 'a\ud83d', type: 'test' }, 'name'],
    ['the other half', { slug: 'acme', name: '\ude00b', type: 'test' }, 'name'],
    [
      'both halves in the wrong order',
      { slug: 'acme', name: '\ude00\ud83d', type: 'test' },
      'name',
    ],
  ])('names the field with %s', async (_, body, field) => {
    const answer = await call('POST', '/tenants', { as, body })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer)).toEqual([field])
  })

  it('names the list with NUL in an item', async () => {
    const body = { name: 'clerk', permissions: ['users.read', 'users\0.read'] }
    const answer = await call('POST', '/roles', { as, body })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer)).toEqual(['permissions'])
  })

  it.each([
    ['NUL', '/users?search=a%00b', ['search']],
    ['what is no number', '/users?page=x', ['page']],
    ['a number out of range', '/users?limit=101', ['limit']],
    ['zero', '/users?limit=0', ['limit']],
    ['a fraction', '/users?limit=1.5', ['limit']],
    ['a parameter twice', '/users?limit=1&limit=2', ['limit']],
    ['an unknown parameter', '/users?serach=ada', ['serach']],
    ['several at once', '/users?page=0&limit=0&a=1', ['a', 'limit', 'page']],
  ])('names the parameter of a query with %s', async (_, path, fields) => {
    const answer = await call('GET', path, { as })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer).sort()).toEqual(fields)
  })

  it.each([
    ['in a parameter', '/users/%ff'],
    ['in a path that leads nowhere', '//%ff'],
    ['that is no number', '/users/%zz'],
    ['cut short', '/users/%'],
  ])('answers the envelope to percent encoding that is broken %s', async (_, path) => {
    expectEnvelope(await call('GET', path, { as }), 400, 'validation_error')
  })

  // What asks for `dry_run` where there is none must not be carried out.
  it.each([
    ['a create', 'POST', '/tenants', { slug: 'acme', name: 'Acme', type: 'test' }],
    ['a delete', 'DELETE', '/me/tokens/0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11', undefined],
    ['a read', 'GET', '/me', undefined],
  ])('names an unknown parameter of %s that takes none', async (_, method, path, body) => {
    const answer = await call(method, `${path}?dry_run=true`, { as, body })
    expectEnvelope(answer, 400, 'validation_error')
    expect(fieldsOf(answer)).toEqual(['dry_run'])
  })
})

describe('500 server error', () => {
  it('tells nothing of what went wrong but the id under which it is logged', async () => {
    await server.database.sql('ALTER TABLE permissions RENAME COLUMN description TO elsewhere')
    const answer = await call('GET', '/permissions', { as }).finally(() =>
      server.database.sql('ALTER TABLE permissions RENAME COLUMN elsewhere TO description'),
    )

    expectEnvelope(answer, 500, 'server_error')
    expect(answer.text).not.toMatch(/description|column|elsewhere/)
    const lines = server.logs.filter((line) => line.includes(answer.body.correlationId))
    expect(lines.some((line) => line.includes('request failed'))).toBe(true)
  })
})

describe('X-Correlation-Id', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const idOf = async (given: string, path = '//healthz') => {
    const { headers } = await call('GET', path, { headers: { 'x-correlation-id': given } })
    return headers.get('x-correlation-id')
  }

  it.each([
    ['an answer', '//healthz'],
    ['a refusal', '/me'],
    ['a 404', '/nowhere'],
    ['a 405', '/auth/login'],
    ['a broken path', '//%ff'],
  ])('is the caller’s own on %s', async (_, path) => {
    expect(await idOf(id, path)).toBe(id)
  })

  it.each([
    ['a character too many', `${id}0`],
    ['one too few', id.slice(1)],
    ['upper case', id.toUpperCase()],
    ['other letters', id.replace('f', 'g')],
    ['nothing', ''],
    ['two of them', `${id}, ${id}`],
    ['a UUID', '01234567-89ab-cdef-0123-456789abcdef'],
  ])('is a new one where the caller’s has %s', async (_, given) => {
    const answered = await idOf(given)
    expect(answered).toMatch(/^[0-9a-f]{32}$/)
    expect(answered).not.toBe(given)
  })

  it('is a new one for each request, and in each line of its log', async () => {
    const [first, second] = [await call('GET', '/me'), await call('GET', '/me')]
    expect(first.body.correlationId).not.toBe(second.body.correlationId)
    const lines = server.logs.filter((line) => line.includes(first.body.correlationId))
    expect(lines.some((line) => line.includes('request refused'))).toBe(true)
  })
})
