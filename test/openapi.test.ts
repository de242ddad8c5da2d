import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startServer, type TestServer } from './support/server.ts'

type Operation = {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: object[]
  'x-required-permission'?: string | null
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>
}

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('the OpenAPI document', () => {
  const operations = async () => {
    const { body } = await server.call('GET', '//openapi.json')
    return Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, one]) => ({ name: `${method} ${path}`, one })),
    )
  }

  it('has every route of the API, each with its id, summary, tag, security, permission, examples and errors', async () => {
    const found = await operations()
    const routes = server.app.routes.filter(
      ({ url, method, schema }) =>
        url.startsWith('/api/v1') && schema?.operationId && method !== 'HEAD',
    )
    expect(found.length).toBe(routes.length)
    expect(found.length).toBeGreaterThan(25)
    for (const { name, one } of found) {
      expect({ name, ...one }).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        tags: [expect.any(String)],
        security: expect.any(Array),
      })
      expect(one).toHaveProperty('x-required-permission')
      expect(Object.keys(one.responses)).toEqual(expect.arrayContaining(['500', '503']))
      const bodies = [one.requestBody, ...Object.values(one.responses)]
      for (const media of bodies.flatMap((body) => Object.values(body?.content ?? {}))) {
        expect(media.example).toBeDefined()
      }
    }
  })

  it('shows examples that the API accepts for their form', async () => {
    const admin = await server.given.admin()
    for (const { name, one } of await operations()) {
      const example = one.requestBody?.content['application/json']?.example
      if (example === undefined) continue
      const [method = '', path = ''] = name.split(' ')
      const url = path.replace('/api/v1', '').replaceAll(/\{[^}]+\}/g, admin.id)
      const { status } = await server.call(method.toUpperCase(), url, {
        as: admin.as,
        body: example,
      })
      expect({ name, refused: status === 400 && !name.includes('invitation') }).toEqual({
        name,
        refused: false,
      })
    }
  })
})
