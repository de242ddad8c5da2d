import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInPermissions } from '../../../src/access/permissions.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type Entry = { name: string; scope: string; description: string }

describe('GET /permissions', () => {
  it('shows the whole catalogue to a session and to a token that hold nothing', async () => {
    const { given, call } = server
    const person = await given.person()
    const token = await given.token(person.id)
    for (const { as } of [person, token]) {
      const { status, body } = await call('GET', '/permissions?limit=100', { as })
      expect(status).toBe(200)
      const names = body.data.map(({ name }: Entry) => name)
      expect(names).toEqual(Object.keys(builtInPermissions).sort())
      expect(body).toMatchObject({ total: names.length, page: 1, limit: 100 })
      expect(body.data[0]).toEqual({
        name: names[0],
        scope: 'tenant',
        description: expect.stringMatching(/\S/),
        built_in: true,
        created_at: instant,
      })
    }
  })

  it('finds by part of name and description in any case, and by scope', async () => {
    const { given, call } = server
    const { as } = await given.person()
    const found = async (query: string) => {
      const { body } = await call('GET', `/permissions?limit=100&${query}`, { as })
      return body.data as Entry[]
    }
    const platform = await found('scope=platform')
    expect(new Set(platform.map(({ scope }) => scope))).toEqual(new Set(['platform']))
    expect((await found('search=SETTINGS.')).map(({ name }) => name)).toEqual([
      'settings.read',
      'settings.write',
    ])
    expect((await found('search=give%20AND%20take')).map(({ name }) => name)).toEqual([
      'users.grants',
    ])
    expect(await found('search=settings.&scope=tenant')).toEqual([])
  })

  it('takes the search text literally', async () => {
    const { as } = await server.given.person()
    const { body } = await server.call('GET', '/permissions?search=settings%25read', { as })
    expect(body.total).toBe(0)
  })

  it.each([
    ['scope=global', 'scope'],
    ['built_in=true', 'built_in'],
    ['limit=1000', 'limit'],
  ])('refuses ?%s', async (query, field) => {
    const { as } = await server.given.person()
    const { status, body } = await refused(server, 'GET', `/permissions?${query}`, { as })
    expect([status, fieldsOf(body)]).toEqual([400, [field]])
  })

  it('refuses a call without a credential', async () => {
    expect((await refused(server, 'GET', '/permissions')).status).toBe(401)
  })
})
