import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcesses } from '../tokens/processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let admin: string
beforeAll(async () => {
  world = await startProcesses(2)
  admin = (await world.given.admin()).as
})
afterAll(() => world.close())

const callAt = (at: number) => world.processes[at % 2]!.call
const patchAt = (at: number, id: string, body: Record<string, unknown>, as = admin) =>
  callAt(at)('PATCH', `/roles/${id}`, { as, body })

type Row = { description: string; permissions: string[]; version: number }
async function stored(id: string) {
  const sql = 'SELECT description, permissions, version FROM roles WHERE id = $1'
  const [row] = await world.database.sql<Row>(sql, [id])
  return row
}

async function eventsOn(id: string): Promise<number> {
  const sql = 'SELECT count(*)::int AS count FROM audit_events WHERE target_id = $1'
  const [row] = await world.database.sql<{ count: number }>(sql, [id])
  return row?.count ?? 0
}

const parallel = 12

describe('PATCH /roles/{id}, over two processes', () => {
  it('lets exactly one of many parallel edits of one version win, twenty times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = await world.given.role(['users.read'])

      const answers = await Promise.all(
        Array.from({ length: parallel }, (_, at) =>
          patchAt(at, id, { version: 1, description: `edit ${at}` }),
        ),
      )

      const winners = answers.filter(({ status }) => status === 200)
      expect(winners).toHaveLength(1)
      for (const { status, body } of answers.filter((answer) => !winners.includes(answer))) {
        expect([status, body.errors?.[0]?.field]).toEqual([409, 'version'])
      }
      expect(await stored(id)).toMatchObject({
        description: winners[0]?.body.description,
        version: 2,
      })
      expect(await eventsOn(id)).toBe(1)
    }
  }, 60_000)

  it('loses no edit of those who try again with the version that they are told of', async () => {
    const id = await world.given.role(['users.read'])
    const edit = async (at: number) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const { version } = (await callAt(at)('GET', `/roles/${id}`, { as: admin })).body
        const { status } = await patchAt(at, id, { version, description: `edit ${at}` })
        if (status === 200) return true
        expect(status).toBe(409)
      }
      return false
    }
    const done = await Promise.all(Array.from({ length: 6 }, (_, at) => edit(at)))
    expect(done).toEqual(done.map(() => true))
    expect(await stored(id)).toMatchObject({ version: 7 })
    expect(await eventsOn(id)).toBe(6)
  })

  it('gives one name to one role when two take it at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ids = [await world.given.role(['users.read']), await world.given.role(['users.read'])]
      const body = { version: 1, name: `wanted-${round}` }
      const answers = await Promise.all(ids.map((id, at) => patchAt(at, id, body)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    }
  })

  it('is in force on the other process when the call returns', async () => {
    const { given } = world
    const tenant = await given.tenant()
    const person = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['tenants.read'], tenant_id: tenant.id }],
    })
    const token = await given.token(person.id, { tenants: [tenant.id] })
    const sql = 'SELECT role_id FROM grants WHERE user_id = $1'
    const [grant] = await world.database.sql<{ role_id: string }>(sql, [person.id])
    const read = async () => {
      const asks = [person, token].map(({ as }) =>
        callAt(1)('GET', `/tenants/${tenant.id}`, { as }),
      )
      return (await Promise.all(asks)).map(({ status }) => status)
    }
    for (let version = 1; version <= 10; version += 2) {
      expect(await read()).toEqual([200, 200])
      await patchAt(0, grant?.role_id ?? '', { version, permissions: ['users.read'] })
      expect(await read()).toEqual([403, 403])
      const permissions = ['tenants.read']
      await patchAt(0, grant?.role_id ?? '', { version: version + 1, permissions })
    }
  })

  it('gives nobody what neither the granter nor the editor holds, however the two cross', async () => {
    // The granter may give the role as it was, the editor may widen it while nobody holds it: not both.
    const { given } = world
    const granter = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read', 'users.grants'] }],
    })
    const editor = await given.person({ grants: [{ permissions: ['roles.write'] }] })
    for (let round = 0; round < 30; round += 1) {
      const tenant = await given.tenant()
      const user = await given.person({ tenants: [tenant.id] })
      const role_id = await given.role(['users.read'])
      const widened = { version: 1, permissions: ['users.create', 'users.read'] }
      const granting = () =>
        callAt(round)('POST', `/users/${user.id}/grants`, {
          as: granter.as,
          body: { role_id, tenant_id: tenant.id },
        })
      const editing = () => patchAt(round + 1, role_id, widened, editor.as)
      const [granted, edited] = await Promise.all([granting(), editing()])

      expect(['201 403', '403 200']).toContain(`${granted.status} ${edited.status}`)
      const isWide = (await stored(role_id))?.permissions.includes('users.create')
      expect(isWide).toBe(edited.status === 200)
    }
  }, 60_000)
})
