import { describe, expect, it } from 'vitest'
import { checkHistory, type Request } from '../../scripts/freshness/check-history.ts'

const loss = { start: 10, end: 20, becomes: 'refused' as const }
const regain = { start: 30, end: 40, becomes: 'allowed' as const }

const at = (start: number, end: number, answer: Request['answer']): Request => ({
  start,
  end,
  answer,
  server: 0,
})

const violations = (...requests: Request[]) =>
  checkHistory({ before: 'allowed', changes: [loss, regain], requests }).map(
    ({ request }) => request.start,
  )

describe('a history', () => {
  it.each<[string, Request[]]>([
    ['before the change by the old authority', [at(1, 2, 'allowed')]],
    ['while a change is made by either', [at(11, 12, 'allowed'), at(13, 14, 'refused')]],
    ['across a change by either', [at(1, 50, 'allowed'), at(2, 50, 'refused')]],
    ['after the change by the new one', [at(21, 22, 'refused'), at(41, 42, 'allowed')]],
    ['from before the end of the change by the old one', [at(19, 25, 'allowed')]],
    ['by 503 at any time', [at(21, 22, 'unavailable'), at(41, 42, 'unavailable')]],
    [
      'old beside new, as long as both are under way',
      [at(11, 15, 'refused'), at(14, 16, 'allowed')],
    ],
  ])('is right that answers %s', (_, requests) => {
    expect(violations(...requests)).toEqual([])
  })

  it.each<[string, Request[], number]>([
    ['a request after a loss is let in', [at(21, 22, 'allowed')], 21],
    [
      'it starts after a loss and ends after the next change has begun',
      [at(21, 29, 'allowed')],
      21,
    ],
    ['a request after a regain is refused', [at(41, 42, 'refused')], 41],
    ['nothing has changed yet, and it is refused', [at(1, 2, 'refused')], 1],
    [
      'one was refused already, and the next is let in',
      [at(11, 12, 'refused'), at(13, 14, 'allowed')],
      13,
    ],
    ['all of that in any order', [at(13, 14, 'allowed'), at(11, 12, 'refused')], 13],
  ])('is wrong where %s', (_, requests, start) => {
    expect(violations(...requests)).toEqual([start])
  })
})
