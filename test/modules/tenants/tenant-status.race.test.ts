import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProcesses } from '../tokens/processes.ts'
import { actionsOn, inhabited, open, readings, shut, statusOf } from './status.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let keeper: string
beforeAll(async () => {
  world = await startProcesses(2)
  keeper = (await world.given.person({ grants: [{ permissions: ['tenants.retire'] }] })).as
})
afterAll(() => world.close())

const move = (at: number, id: string, way: string) =>
  world.processes[at % 2]!.call('POST', `/tenants/${id}/${way}`, { as: keeper })
const elsewhere = () => world.processes[1]!.call

it.each(['suspend', 'retire'])(
  'what one process does is in force on the other when the call returns: %s',
  async (way) => {
    // Many times over: a cache that lives for a moment would be seen through only now and then.
    for (let round = 0; round < 10; round += 1) {
      const tenant = await inhabited(world)
      expect(await readings(elsewhere(), tenant)).toEqual(open)
      expect((await move(0, tenant.id, way)).status).toBe(200)
      expect(await readings(elsewhere(), tenant)).toEqual(shut)
    }
  },
)

it('a tenant that one process activates is open on the other when the call returns', async () => {
  const tenant = await inhabited(world)
  for (let round = 0; round < 10; round += 1) {
    await move(0, tenant.id, 'suspend')
    expect(await readings(elsewhere(), tenant)).toEqual(shut)
    await move(0, tenant.id, 'activate')
    expect(await readings(elsewhere(), tenant)).toEqual(open)
  }
})

it('a tenant that is retired while others suspend and activate it stays retired', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id } = await world.given.tenant()
    const ways = ['suspend', 'activate', 'retire', 'suspend', 'activate', 'retire']
    const answers = await Promise.all(ways.map((way, at) => move(at, id, way)))
    const statuses = answers.map(({ status }) => status)
    expect(new Set([...statuses, 200, 409])).toEqual(new Set([200, 409]))
    expect(await statusOf(world, id)).toBe('retired')
    const actions = await actionsOn(world, id)
    expect(actions.filter((action) => action === 'tenant.retired')).toHaveLength(1)
  }
})
