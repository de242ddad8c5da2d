import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const expected = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

describe('security headers', () => {
  it('are on every answer: one with a body, one without, a refusal, what is not there', async () => {
    const { as } = await server.given.admin()
    const paths = [
      ['/me', as, 200],
      ['/authorize', as, 204],
      ['/me', null, 401],
      ['/nothing', as, 404],
    ] as const
    for (const [path, caller, status] of paths) {
      const answer = await server.call('GET', path, { as: caller })
      const found = Object.keys(expected).map((name) => [name, answer.headers.get(name)])
      expect([path, answer.status, Object.fromEntries(found)]).toEqual([path, status, expected])
    }
  })

  it('let the pages of the documents run their own scripts, and nothing else', async () => {
    const { headers } = await fetch(`${server.url}/docs`)
    expect(headers.get('content-security-policy')).toMatch(
      /script-src 'self'; .*frame-ancestors 'none'/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})
