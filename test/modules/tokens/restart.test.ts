import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../support/client.ts'
import { cookieOf, withCookie } from '../sign-in/people.ts'
import { startProcesses } from './processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
beforeAll(async () => {
  world = await startProcesses(1)
})
afterAll(() => world.close())

describe('a refresh cookie that was used', () => {
  it('is dead after a restart, too, and so is the one that the first of fifty uses gave', async () => {
    const { email, password } = await world.given.withPassword()
    const call: Client = (...args) => world.processes[0]!.call(...args)
    const signedIn = await call('POST', '/auth/login', { body: { email, password } })
    const used = cookieOf(signedIn.headers)
    const refresh = (cookie: string) => call('POST', '/auth/refresh', withCookie(cookie))
    const replaced = await refresh(used)
    expect(replaced.status).toBe(200)
    const replacement = cookieOf(replaced.headers)
    const other = await call('POST', '/auth/login', { body: { email, password } })

    await world.restart(0)

    const fifty = await Promise.all(Array.from({ length: 50 }, () => refresh(used)))
    expect(fifty.map(({ status }) => status)).toEqual(new Array(50).fill(401))
    expect((await refresh(replacement)).status).toBe(401)
    const as = replaced.body.access_token
    expect((await call('GET', '/me', { as })).status).toBe(401)
    expect((await refresh(cookieOf(other.headers))).status).toBe(200)
  })
})

describe('a token', () => {
  it('outlives the process that made it, and so do its end and the session that made it', async () => {
    const person = await world.given.person({ grants: [{ permissions: ['roles.read'] }] })
    const call = (...args: Parameters<(typeof world.given)['call']>) =>
      world.processes[0]!.call(...args)
    const create = (name: string) => call('POST', '/me/tokens', { as: person.as, body: { name } })
    const kept = (await create('kept')).body
    const deleted = (await create('deleted')).body
    await call('DELETE', `/me/tokens/${deleted.id}`, { as: person.as })
    const before = await call('GET', '/me', { as: kept.token })

    await world.restart(0)

    const after = await call('GET', '/me', { as: kept.token })
    expect(after.status).toBe(200)
    expect(after.body).toEqual(before.body)
    expect((await call('GET', '/me', { as: deleted.token })).status).toBe(401)
    expect((await call('GET', '/me', { as: person.as })).status).toBe(200)
  })
})
