import { describe, expect, it } from 'vitest'
import { friedman } from '../../scripts/faults/friedman.ts'
import { seededRandom } from '../../scripts/freshness/random.ts'

const random = seededRandom(20261123)

/** Times of some milliseconds with a long tail, in rounds; those of the last class are `shift` ms longer. */
const rounds = (count: number, classes: number, shift: number) =>
  Array.from({ length: count }, () =>
    Array.from(
      { length: classes },
      (_, at) => 65 - 3 * Math.log(random()) + (at === classes - 1 ? shift : 0),
    ),
  )

describe("Friedman's test", () => {
  it('knows the chance of what is known: χ² = 20 with two degrees of freedom', () => {
    const same = Array.from({ length: 10 }, () => [1, 2, 3])
    expect(friedman(same)).toBeCloseTo(Math.exp(-10), 4)
  })

  it('finds nothing where every round is a tie, and where classes take turns', () => {
    expect(friedman(Array.from({ length: 10 }, () => [7, 7, 7]))).toBeGreaterThan(0.99)
    const inTurns = Array.from({ length: 30 }, (_, at) => [at % 3, (at + 1) % 3, (at + 2) % 3])
    expect(friedman(inTurns)).toBeGreaterThan(0.99)
  })

  it('calls alike classes different about once in a hundred times, and no more', () => {
    const runs = Array.from({ length: 500 }, () => friedman(rounds(40, 10, 0)))
    const wrong = runs.filter((chance) => chance < 0.01).length
    expect(wrong).toBeLessThanOrEqual(15)
    expect(runs.filter((chance) => chance < 0.5).length).toBeGreaterThan(200)
  })

  it('sees one class of ten that takes a sixtieth longer', () => {
    expect(friedman(rounds(400, 10, 1))).toBeLessThan(0.01)
  })
})
