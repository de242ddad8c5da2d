import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, idsOfNothing, instant, refused } from '../users/expected.ts'

let server: TestServer
let admin: Person
beforeAll(async () => {
  server = await startServer()
  admin = await server.given.admin()
})
afterAll(() => server.close())

const pathOf = (id: string) => `/token-limit-requests/${id}/deny`
const deny = (id: string, reason = 'Use a service account', as = admin.as) =>
  server.call('POST', pathOf(id), { as, body: { reason } })

const asked = async () => {
  const user = await server.given.person()
  return { user, id: await server.given.limitRequest(user.id) }
}

describe('POST /token-limit-requests/{id}/deny', () => {
  it('leaves the limit as it is, and says who decided, when and why', async () => {
    const { user, id } = await asked()

    const { status, body } = await deny(id)

    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      status: 'denied',
      decided_at: instant,
      decided_by: admin.id,
      decision_reason: 'Use a service account',
      granted_limit: null,
      granted_until: null,
    })
    expect((await server.call('GET', '/me', { as: user.as })).body.token_limit).toBe(3)
  })

  it.each([{}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(501) }, { reason: 1 }])(
    'needs a reason: refuses %j',
    async (body) => {
      const { id } = await asked()
      const answer = await refused(server, 'POST', pathOf(id), { as: admin.as, body })
      expect(answer.status).toBe(400)
      expect(fieldsOf(answer.body)).toEqual(['reason'])
    },
  )

  it('is refused a second time, whatever the first decision was', async () => {
    const { id } = await asked()
    const other = await asked()
    await deny(id)
    await server.call('POST', `/token-limit-requests/${other.id}/approve`, { as: admin.as })
    const request = { as: admin.as, body: { reason: 'Again' } }

    const denied = await refused(server, 'POST', pathOf(id), request)
    expect(denied.body).toMatchObject({
      error: 'conflict',
      message: 'The request was denied already',
    })
    const approved = await refused(server, 'POST', pathOf(other.id), request)
    expect(approved.body.message).toBe('The request was approved already')
  })

  it('is refused to who asked, and unknown for ids of nothing', async () => {
    const { id, user } = await asked()
    const body = { reason: 'x' }

    expect((await refused(server, 'POST', pathOf(id), { as: user.as, body })).status).toBe(403)
    for (const nothing of idsOfNothing) {
      const request = { as: admin.as, body }
      expect((await refused(server, 'POST', pathOf(nothing), request)).status).toBe(404)
    }
  })
})
