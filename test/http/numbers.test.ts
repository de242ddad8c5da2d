import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let as: string
beforeAll(async () => {
  server = await startServer()
  as = (await server.given.admin()).as
})
afterAll(() => server.close())

describe('A number in a query', () => {
  // The first two become Infinity in JavaScript, which is a number and yet within no bounds.
  it.each(['1e400', '-1e400', '1e9', '0', '-1', '1.5', 'NaN', '', '١'])(
    'is refused as %s, by name',
    async (limit) => {
      const { status, body } = await server.call('GET', `/users?limit=${limit}`, { as })

      expect({ status, errors: body.errors }).toEqual({
        status: 400,
        errors: [{ field: 'limit', message: expect.any(String) }],
      })
    },
  )
})
