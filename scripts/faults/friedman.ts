/**
 * How likely rounds differ this much by chance, where each round has one time of each class, in random order:
 * Friedman's rank test. Ranks, and within rounds: neither a few very slow answers nor a machine that grows
 * slower makes classes differ.
 */
export function friedman(rounds: readonly (readonly number[])[]): number {
  const classes = rounds[0]?.length ?? 0
  const sums = new Array<number>(classes).fill(0)
  for (const times of rounds) {
    for (const [at, rank] of ranksOf(times).entries()) sums[at] = (sums[at] ?? 0) + rank
  }
  const squares = sums.reduce((sum, one) => sum + one * one, 0)
  const statistic =
    (12 / (rounds.length * classes * (classes + 1))) * squares - 3 * rounds.length * (classes + 1)
  return chiSquareTail(statistic, classes - 1)
}

/** From 1; those that are equal share the mean of their ranks. */
function ranksOf(times: readonly number[]): number[] {
  return times.map((time) => {
    const shorter = times.filter((other) => other < time).length
    const equal = times.filter((other) => other === time).length
    return shorter + (equal + 1) / 2
  })
}

/** The chance of at least this much, by the approximation of Wilson and Hilferty: right to about 0.001. */
function chiSquareTail(statistic: number, freedom: number): number {
  const spread = 2 / (9 * freedom)
  const z = (Math.cbrt(Math.max(statistic, 0) / freedom) - (1 - spread)) / Math.sqrt(spread)
  return normalTail(z)
}

/** Abramowitz and Stegun, 26.2.17: right to 7.5e-8. */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const t = 1 / (1 + 0.231_641_9 * z)
  const series = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429]
  const sum = series.reduceRight((rest, factor) => t * (factor + rest), 0)
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
