import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcesses } from './processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
beforeAll(async () => {
  world = await startProcesses(1)
})
afterAll(() => world.close())

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
