import { afterAll, describe, expect, it } from 'vitest'
import { seed } from '../support/seed.ts'
import { startCampaign } from './campaign.ts'
import { isDocumented, parsed } from './checks.ts'
import { hostileRequests } from './hostile-requests.ts'
import type { FuzzAnswer, FuzzRequest } from './request.ts'
import { sample } from './sample.ts'
import { eventsOf, stateOf } from './state.ts'
import { validRequests } from './valid-requests.ts'

// Started here and not in beforeAll: tests are made from the document of the running server.
const campaign = await startCampaign()
const { server, operations, validators } = campaign
const { database } = server
console.log(`SEED=${seed}`)
afterAll(() => campaign.close())

const valid = Math.ceil(1300 / operations.length)
const hostile = Math.ceil(4000 / operations.length)

/** Those whose valid body is refused in another way, always: there is no such invitation. */
const neverAccepted = ['acceptInvitation']

describe.each(operations)('$name', (one) => {
  function faultOfAnswer(answer: FuzzAnswer): string | undefined {
    if (!isDocumented(one, answer)) return `${answer.status} is not documented`
    if (isRefusedForItsForm(answer)) return 'refused for its form'
    const isAsSaid = validators.answer(one, answer.status)
    if (isAsSaid?.(parsed(answer.text)) === false) return JSON.stringify(isAsSaid.errors)
    return undefined
  }

  it('never refuses for its form what the document allows, and answers as it says', async () => {
    const making = await campaign.prepare()
    const requests = sample(validRequests(one, making), `valid ${one.name}`, valid)

    const send = one.method === 'GET' ? campaign.sendAll : campaign.sendInTurn
    const sent = await send(requests)

    for (const pair of sent) {
      const fault = faultOfAnswer(pair.answer)
      if (fault !== undefined) throw campaign.failure(fault, pair)
    }
    if (!neverAccepted.includes(one.operation.operationId ?? '')) {
      expect(sent.map(({ answer }) => answer.status === 400)).toContain(false)
    }
  })

  it('refuses what is hostile in the one envelope, and changes nothing by it', async () => {
    const making = await campaign.prepare()
    const requests = sample(hostileRequests(one, making), `hostile ${one.name}`, hostile)
    const changesNothing = ({ refuse, method }: FuzzRequest) => refuse || method === 'GET'
    const before = await stateOf(database)

    await campaign.sendAll(requests.filter(changesNothing))
    expect(await stateOf(database)).toEqual(before)

    const others = await campaign.sendInTurn(requests.filter((request) => !changesNothing(request)))
    const refused = others.filter(({ answer }) => answer.status >= 400)
    const ids = refused.map(({ answer }) => String(answer.headers['x-correlation-id']))
    expect(await eventsOf(database, ids)).toBe(0)
  })
})

it('does so for 5,000 requests', () => {
  expect(campaign.sent()).toBeGreaterThanOrEqual(5000)
})

/** The log says which 400 comes from the schema; the others come from rules that no schema can say. */
function isRefusedForItsForm({
  status,
  headers,
}: {
  status: number
  headers: Record<string, unknown>
}) {
  if (status !== 400) return false
  const id = String(headers['x-correlation-id'])
  return server.logs.some((line) => line.includes(id) && line.includes('"reason":"form"'))
}
