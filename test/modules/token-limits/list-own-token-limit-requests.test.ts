import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('GET /me/token-limit-requests', () => {
  it('shows what one asked for, newest first, with what became of it and why', async () => {
    const { given, call } = server
    const [admin, user] = [await given.admin(), await given.person()]
    await given.limitRequest((await given.person()).id)
    const first = await given.limitRequest(user.id, 5)
    const denial = { as: admin.as, body: { reason: 'Use a service account' } }
    await call('POST', `/token-limit-requests/${first}/deny`, denial)
    const second = await given.limitRequest(user.id, 6)

    const { status, body } = await call('GET', '/me/token-limit-requests', { as: user.as })

    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 2, page: 1, limit: 20 })
    expect(body.data).toMatchObject([
      {
        id: second,
        requested_limit: 6,
        status: 'pending',
        decided_by: null,
        user: { live_tokens: 0 },
      },
      {
        id: first,
        requested_limit: 5,
        status: 'denied',
        decided_by: admin.id,
        decision_reason: 'Use a service account',
      },
    ])
    const page = await call('GET', '/me/token-limit-requests?limit=1&page=2', { as: user.as })
    expect(page.body.data).toMatchObject([{ id: first }])
  })

  it('shows a token those of its owner, and not how many tokens the owner has', async () => {
    const { given, call } = server
    const account = await given.serviceAccount([])
    const id = await given.limitRequest(account)
    const { as } = await given.token(account)

    const { body } = await call('GET', '/me/token-limit-requests', { as })

    expect(body.data).toMatchObject([
      { id, user: { id: account, is_service_account: true, live_tokens: null } },
    ])
  })
})
