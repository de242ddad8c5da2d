import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf, withCookie } from '../modules/sign-in/people.ts'
import { startProcesses } from '../modules/tokens/processes.ts'
import type { Client } from '../support/client.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
beforeAll(async () => {
  world = await startProcesses(2)
})
afterAll(() => world.close())

const calls = () => world.processes.map(({ call }) => call) as [Client, Client]
const statuses = (as: string) =>
  Promise.all(calls().map(async (call) => (await call('GET', '/me', { as })).status))

/** Somebody who has signed in at the first process. */
async function signedIn() {
  const [first] = calls()
  const admin = await world.given.admin()
  const email = `p-${admin.id}-${Math.random()}@example.com`.toLowerCase()
  const password = 'a password of some length'
  const body = { email, name: 'Ada', password, tenants: ['any'] }
  await first('POST', '/users', { as: admin.as, body })
  const answer = await first('POST', '/auth/login', { body: { email, password } })
  return { as: answer.body.access_token as string, cookie: cookieOf(answer.headers) }
}

const refresh = (call: Client, cookie: string) => call('POST', '/auth/refresh', withCookie(cookie))

describe('A credential that has ended', () => {
  it('CVE-2026-46554: is refused by every process at once, however often they have just accepted it', async () => {
    const person = await world.given.person({ grants: [{ permissions: ['roles.read'] }] })
    for (let round = 0; round < 20; round += 1) {
      const token = await world.given.token(person.id, { permissions: ['roles.read'] })
      for (let use = 0; use < 3; use += 1) expect(await statuses(token.as)).toEqual([200, 200])
      const deleter = calls()[round % 2]!
      await deleter('DELETE', `/me/tokens/${token.id}`, { as: person.as })
      expect(await statuses(token.as)).toEqual([401, 401])
    }
  })

  it('CVE-2025-29928: is a session that no process and no restart brings back', async () => {
    const { as, cookie } = await signedIn()
    const [first, second] = calls()
    expect(await statuses(as)).toEqual([200, 200])
    expect((await first('POST', '/auth/logout', { as, ...withCookie(cookie) })).status).toBe(204)
    expect(await statuses(as)).toEqual([401, 401])
    expect((await refresh(second, cookie)).status).toBe(401)
    await world.restart(1)
    expect(await statuses(as)).toEqual([401, 401])
    expect((await refresh(calls()[1], cookie)).status).toBe(401)
  })

  it('CVE-2026-9802: is a used refresh cookie, also after a restart', async () => {
    const { cookie } = await signedIn()
    const renewed = await refresh(calls()[0], cookie)
    expect(renewed.status).toBe(200)
    await world.restart(0)
    await world.restart(1)
    for (const call of calls()) expect((await refresh(call, cookie)).status).toBe(401)
    // Its second use ended the session: a thief's copy is worth nothing either.
    expect(await statuses(renewed.body.access_token)).toEqual([401, 401])
    expect((await refresh(calls()[0], cookieOf(renewed.headers))).status).toBe(401)
  })

  it('CVE-2026-1035: is a refresh cookie that fifty use at once, for all but one', async () => {
    const { cookie } = await signedIn()
    const [first, second] = calls()
    const attempts = Array.from({ length: 50 }, (_, at) => refresh(at % 2 ? first : second, cookie))
    const won = (await Promise.all(attempts)).filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
  })
})
