import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Sends all of a request but the last byte; `finish` sends that, and answers with the status. */
async function halfSent(path: string, as: string, body: object) {
  const { hostname, port } = new URL(server.url)
  const text = JSON.stringify(body)
  const socket = connect(Number(port), hostname)
  const answer = new Promise<number>((resolve) => {
    socket.once('data', (chunk) => resolve(Number(chunk.toString().split(' ')[1])))
  })
  const head = [
    `POST /api/v1${path} HTTP/1.1`,
    'Host: test',
    `Authorization: Bearer ${as}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
    'Connection: close',
  ]
  await new Promise<void>((resolve) => {
    socket.write(`${head.join('\r\n')}\r\n\r\n${text.slice(0, -1)}`, () => resolve())
  })
  // The server has read the head once it answers another request that came after it.
  await server.call('GET', '//healthz')
  return async () => {
    socket.write(text.slice(-1))
    return answer
  }
}

describe('a request whose body is still under way', () => {
  it('makes no token for a session that has ended meanwhile', async () => {
    const person = await server.given.admin()
    const before = await server.traces()
    const finish = await halfSent('/me/tokens', person.as, { name: 'too late' })
    expect((await server.call('POST', '/auth/logout', { as: person.as })).status).toBe(204)
    expect(await finish()).toBe(401)
    expect(await server.traces()).toMatchObject({ tokens: before['tokens'] })
  })

  it('acts with no right that was lost meanwhile', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const person = await given.person({ tenants: [tenant.id] })
    const grantId = await given.grant(person.id, {
      permissions: ['users.create'],
      tenant_id: tenant.id,
    })
    const finish = await halfSent('/users', person.as, {
      email: 'late@example.com',
      name: 'Late',
      tenants: [tenant.id],
    })
    const admin = await given.admin()
    const taken = await call('DELETE', `/users/${person.id}/grants/${grantId}`, { as: admin.as })
    expect(taken.status).toBe(204)
    const before = await server.traces()
    expect(await finish()).toBe(403)
    expect(await server.traces()).toEqual(before)
  })
})
