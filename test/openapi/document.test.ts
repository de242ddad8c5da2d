import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInPermissions } from '../../src/access/permissions.ts'
import {
  type DocumentedOperation,
  mediaOf,
  type Operation,
  readApiDocument,
} from '../support/api-document.ts'
import { codes } from '../support/error-codes.ts'
import { startServer } from '../support/server.ts'

// Started here and not in beforeAll: tests are made from the document.
const server = await startServer()
const { document, operations } = await readApiDocument(server.call)
const { tags } = document as { tags: { name: string }[] }

afterAll(() => server.close())

/** The error answers that follow from what an operation is, whatever it does. */
function errorsOf({ method, operation }: DocumentedOperation): string[] {
  const { parameters = [], requestBody, security = [], responses } = operation
  const isOpen = security.length === 0 || security.some((way) => Object.keys(way).length === 0)
  const takesJson = requestBody?.content['application/json'] !== undefined
  const creates = method === 'POST' && responses['201'] !== undefined
  return [
    // An unknown query parameter is refused everywhere.
    ...['400', '500', '503'],
    // Whoever watches over the server may ask as often as they like, and a gateway about each request.
    ...(operation.tags?.some((tag) => ['service', 'gateway'].includes(tag)) ? [] : ['429']),
    ...(isOpen ? [] : ['401']),
    ...(parameters.some((parameter) => parameter.in === 'path') ? ['404'] : []),
    ...(takesJson ? ['413', '415'] : []),
    // An Idempotency-Key that came before with another body.
    ...(creates ? ['409'] : []),
  ]
}

const successOf = ({ responses }: Operation) =>
  Object.keys(responses).filter((status) => /^[23]/.test(status))

describe('The OpenAPI document', () => {
  it('has every route of the API', () => {
    const routes = server.app.routes.filter(
      ({ schema, method }) => schema?.operationId && method !== 'HEAD',
    )

    expect(operations.length).toBe(routes.length)
    expect(operations.length).toBeGreaterThan(25)
  })

  it('gives each operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId)

    expect(new Set(ids).size).toBe(ids.length)
  })

  describe.each(operations)('on $name', (one) => {
    const { operation } = one

    it('has its id, summary, tag and security', () => {
      expect(operation).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.stringMatching(/^[A-Z].*[^.]$/),
        tags: [expect.any(String)],
        security: expect.any(Array),
      })
      expect(tags.map(({ name }) => name)).toContain(operation.tags?.[0])
    })

    it('has the permission that it needs, or null', () => {
      expect([null, ...Object.keys(builtInPermissions)]).toContain(
        operation['x-required-permission'],
      )
    })

    it('has one success, and all error answers that follow from what it is', () => {
      expect(successOf(operation).length).toBeGreaterThan(0)
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(errorsOf(one)))
    })

    it('has an example of each body', () => {
      for (const { of, media } of mediaOf(operation)) {
        expect({ of, example: media.example }).toEqual({ of, example: expect.anything() })
      }
    })

    it('does not call a parameter required that it fills in itself', () => {
      const wrong = (operation.parameters ?? []).filter(
        ({ required, schema }) => required && schema['default'] !== undefined,
      )

      expect(wrong.map(({ name }) => name)).toEqual([])
    })
  })
})

describe('The examples of the OpenAPI document', () => {
  const exampleId = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
  let admin: { id: string; as: string }
  let tenant: { id: string }
  beforeAll(async () => {
    admin = await server.given.admin()
    tenant = await server.given.tenant()
  })
  const withBody = operations.filter(
    ({ operation }) => operation.requestBody?.content['application/json'],
  )
  /** Their examples hold what is wrong in another way: no such invitation or reset, an answer to no challenge of ours. */
  const refusedAnyway = ['acceptInvitation', 'confirmPasswordReset', 'createPasskey']

  it('of an error have the status under which they stand', () => {
    const wrong = operations.flatMap(({ name, operation }) =>
      mediaOf(operation)
        .filter(({ of }) => Number(of) >= 400)
        .filter(({ of, media }) => !codes[of]?.includes((media.example as { error: string }).error))
        .map(({ of }) => `${name} ${of}`),
    )

    expect(wrong).toEqual([])
  })

  it.each(withBody.filter(({ operation }) => !refusedAnyway.includes(operation.operationId ?? '')))(
    'are accepted by $name for their form',
    async ({ method, path, operation }) => {
      const { example } = operation.requestBody?.content['application/json'] ?? {}
      // A tenant that exists, so that what is refused for its form is not refused for its tenant first.
      const body = JSON.stringify(example).replaceAll(exampleId, tenant.id)
      const url = path.replaceAll(/\{[^}]+\}/g, admin.id)

      const { status, text } = await server.call(method, `/${url}`, { as: admin.as, body })

      expect({ refused: status === 400, text }).toEqual({ refused: false, text })
    },
  )
})
