import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused } from '../users/expected.ts'

let server: TestServer
let administrator: { id: string; as: string }
beforeAll(async () => {
  server = await startServer()
  administrator = await server.given.admin()
})
afterAll(() => server.close())

const remove = (id: string, as = administrator.as) =>
  server.call('DELETE', `/system/tokens/${id}`, { as })
const works = async (as: string) => (await server.call('GET', '/me', { as })).status === 200

describe('DELETE /system/tokens/{id}', () => {
  it('ends the token with the next request, and leaves a tombstone', async () => {
    const token = await server.given.systemToken()
    expect(await works(token.as)).toBe(true)

    const { status, text } = await remove(token.id)

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await works(token.as)).toBe(false)
    const path = '/system/tokens?include=ended&limit=100'
    const { body } = await server.call('GET', path, administrator)
    expect(body.data.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      status: 'revoked',
      revoked_by: administrator.id,
      revoked_reason: 'deleted by an administrator',
    })
  })

  it('is done by whoever holds the permission, with a token, too', async () => {
    const { given } = server
    const permissions = ['system_tokens.manage']
    const keeper = await given.person({ grants: [{ permissions }] })
    const pat = await given.token(keeper.id, { permissions })
    const [one, other] = [await given.systemToken(), await given.systemToken()]

    expect((await remove(one.id, keeper.as)).status).toBe(204)
    expect((await remove(other.id, pat.as)).status).toBe(204)
  })

  it('refuses a system token its own end and that of another', async () => {
    const { given } = server
    const [one, other] = [await given.systemToken(), await given.systemToken()]
    for (const { id } of [one, other]) {
      const path = `/system/tokens/${id}`
      expect((await refused(server, 'DELETE', path, { as: one.as })).status).toBe(403)
    }
    expect(await works(other.as)).toBe(true)
  })

  it('answers 404 a second time, for a person’s token and for ids of nothing', async () => {
    const { given } = server
    const [token, foreign] = [await given.systemToken(), await given.token(administrator.id)]
    await remove(token.id)
    for (const id of [token.id, foreign.id, ...idsOfNothing]) {
      const request = { as: administrator.as }
      const { status } = await refused(server, 'DELETE', `/system/tokens/${id}`, request)
      expect({ id, status }).toEqual({ id, status: 404 })
    }
    expect(await works(foreign.as)).toBe(true)
  })

  it.each(['PUT', 'PATCH'])('%s tells to delete and create', async (method) => {
    const token = await server.given.systemToken()
    const request = { as: administrator.as, body: { name: 'other' } }

    const { status, body } = await refused(server, method, `/system/tokens/${token.id}`, request)

    expect(status).toBe(405)
    expect(body.message).toMatch(/delete it and create another/)
  })
})
