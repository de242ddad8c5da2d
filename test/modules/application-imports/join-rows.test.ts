import { describe, expect, it } from 'vitest'
import { joinRows } from '../../../src/modules/application-imports/run/join-rows.ts'

const joined = (rows: [string, string, string][]) => {
  const join = joinRows('')
  for (const [at, [account, email, privilege]] of rows.entries()) {
    join.add(at + 2, account, email, privilege)
  }
  join.end()
  return join.take().split('\n').slice(0, -1)
}

describe('The rows of an account that follow each other', () => {
  it('are one line, each privilege once', () => {
    expect(
      joined([
        ['ada', '', 'b'],
        ['ada', 'ada@example.com', 'a'],
        ['ada', '', 'b'],
        ['bob', '', ''],
      ]),
    ).toEqual(['3\tada\tada@example.com\t{"a","b"}', '5\tbob\t\\N\t{}'])
  })

  it('are lines of five hundred privileges, in a time that grows as they do', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n): [string, string, string] => ['ada', '', `p${n}`])
    const took = (count: number) => {
      const rows = many(count)
      const begun = performance.now()
      expect(joined(rows)).toHaveLength(Math.ceil(count / 500))
      return performance.now() - begun
    }
    const lines = joined(many(1001))
    expect(lines.map((line) => line.split(',').length)).toEqual([500, 500, 1])
    // Compared one by one they would take minutes.
    expect(took(200_000)).toBeLessThan(10_000)
  })
})
