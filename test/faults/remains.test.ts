import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRemains } from '../../scripts/faults/remains.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.close())

const remains = () => readRemains(server.database.url)

/** By the API, so that it has its event. */
async function tenant(name: string): Promise<string> {
  const { as } = await server.given.admin()
  const body = { slug: name, name, type: 'test' }
  return (await server.call('POST', '/tenants', { as, body })).body.id
}

describe('what a database is asked when all is over', () => {
  it('finds nothing where each change has its event', async () => {
    const id = await tenant('v7')
    const { orphans, overfull, registers } = await remains()
    expect(orphans.filter((what) => what.includes(id))).toEqual([])
    expect(overfull).toEqual([])
    expect(registers.get(id)).toBe(7)
  })

  it('finds a state without its event, a lost event, and a name that no event tells of', async () => {
    const { id } = await server.given.tenant()
    expect((await remains()).orphans).toContain(`tenant.created ${id} has no event`)

    const renamed = await tenant('v1')
    await server.database.sql(`UPDATE tenants SET name = 'v2' WHERE id = $1`, [renamed])
    expect((await remains()).orphans).toContain(
      `tenant ${renamed} is called v2, and no event says so`,
    )

    await server.database.sql(
      `INSERT INTO audit_events (id, actor_name, action, target_type, target_id, tenant_ids)
       VALUES (gen_random_uuid(), 'x', 'token.created', 'token', 'nothing', '{}')`,
    )
    expect((await remains()).orphans).toContain('token.created nothing has no state')
  })

  it('finds who has more live tokens than they may', async () => {
    const { id } = await server.given.person()
    for (const name of ['a', 'b', 'c']) await server.given.token(id, { name })
    expect((await remains()).overfull).toEqual([])
    await server.database.sql('UPDATE users SET token_limit = 2 WHERE id = $1', [id])
    await server.given.token(id, { name: 'd' })
    expect((await remains()).overfull).toEqual([`${id} has 4 live tokens`])
  })
})
