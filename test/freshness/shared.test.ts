import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batched, shared } from '../../src/freshness/shared.ts'

const outcome = (answer: Promise<unknown>) => answer.catch((error: Error) => error.message)

describe('a shared question', () => {
  it('was asked after each of those who get its answer had come, one at a time', async () => {
    const delays = fc.array(fc.record({ after: fc.nat(3), takes: fc.nat(3) }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(delays, async (callers) => {
        let clock = 0
        const tick = () => {
          clock += 1
          return clock
        }
        let underWay = 0
        const takes = callers.map((caller) => caller.takes)
        const ask = shared(async () => {
          const asked = tick()
          underWay += 1
          expect(underWay).toBe(1)
          await sleep(takes.pop() ?? 0)
          underWay -= 1
          return asked
        })
        await Promise.all(
          callers.map(async ({ after }) => {
            await sleep(after)
            const came = tick()
            expect(await ask()).toBeGreaterThan(came)
          }),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('is one for all who come in the same turn, and one more for all who come while it is on its way', async () => {
    let asked = 0
    const ask = shared(async () => {
      asked += 1
      await sleep(20)
      return asked
    })
    const first = [ask(), ask(), ask()]
    await sleep(5)
    const second = [ask(), ask()]
    expect(await Promise.all(first)).toEqual([1, 1, 1])
    expect(await Promise.all(second)).toEqual([2, 2])
  })

  it('is sent anew for those who came meanwhile before those who have their answer go on', async () => {
    const order: string[] = []
    const ask = shared(async () => {
      order.push('sent')
      await sleep(20)
    })
    const first = ask().then(() => order.push('first goes on'))
    await sleep(5)
    const second = ask().then(() => order.push('second goes on'))
    await Promise.all([first, second])
    expect(order).toEqual(['sent', 'sent', 'first goes on', 'second goes on'])
  })

  it.each<[string, () => Promise<string>]>([
    ['is refused', () => Promise.reject(new Error('no'))],
    [
      'throws before it is sent',
      () => {
        throw new Error('no')
      },
    ],
  ])('that %s fails all who wait for it, and nobody after them', async (_, fail) => {
    let isBroken = true
    const ask = shared(() => (isBroken ? fail() : Promise.resolve('yes')))
    expect(await Promise.all([outcome(ask()), outcome(ask())])).toEqual(['no', 'no'])
    isBroken = false
    expect(await outcome(ask())).toBe('yes')
  })
})

describe('a batched question', () => {
  it('is asked once for the keys of all who wait, and each gets their own answer', async () => {
    const batches: string[][] = []
    const ask = batched(async (keys) => {
      batches.push(keys)
      await sleep(10)
      return new Map(keys.filter((key) => key !== 'none').map((key) => [key, `of ${key}`]))
    })
    const first = [ask('a'), ask('b'), ask('a'), ask('none')]
    await sleep(3)
    const second = [ask('a'), ask('c')]
    expect(await Promise.all(first)).toEqual(['of a', 'of b', 'of a', undefined])
    expect(await Promise.all(second)).toEqual(['of a', 'of c'])
    expect(batches).toEqual([
      ['a', 'b', 'none'],
      ['a', 'c'],
    ])
  })

  it('that fails is not asked again for those who were told so', async () => {
    const batches: string[][] = []
    const ask = batched(async (keys) => {
      batches.push(keys)
      if (keys.includes('a')) throw new Error('no')
      return new Map([['b', 'yes']])
    })
    expect(await outcome(ask('a'))).toBe('no')
    expect(await ask('b')).toBe('yes')
    expect(batches).toEqual([['a'], ['b']])
  })
})
