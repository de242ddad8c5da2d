import { describe, expect, it } from 'vitest'
import { tokenLimitAt } from '../../src/access/token-limit.ts'

const now = new Date('2027-01-01T00:00:00.000Z')
const at = (ms: number) => new Date(now.getTime() + ms)

describe('the token limit that holds', () => {
  it.each<[string, number, Date | null, number]>([
    ['a limit without an end is', 7, null, 7],
    ['a limit a millisecond before its end is', 7, at(1), 7],
    ['a limit at its end is', 7, at(0), 3],
    ['a limit after its end is', 7, at(-1), 3],
    ['a limit below three gains nothing by its end and is', 1, at(-1), 1],
  ])('%s: %d until %s, so %d', (_, token_limit, token_limit_until, expected) => {
    expect(tokenLimitAt({ token_limit, token_limit_until }, now)).toBe(expected)
  })
})
