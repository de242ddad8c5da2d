/** Draws that are the same in every run. */
export type Draw = {
  /** At least 0 and below 1. */
  number(): number
  bytes(size: number): Uint8Array
}

/** mulberry32: small, fast and good enough to choose among tokens. Never a source of secrets. */
export function seededDraw(seed: number): Draw {
  let state = seed
  function number(): number {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { number, bytes: (size) => Uint8Array.from({ length: size }, () => number() * 256) }
}

export type Distribution = 'uniform' | 'zipf'

/** Which of `count` things are asked for, `length` times. Zipf: the nth is asked for 1/n times as often as the first. */
export function drawIndexes(
  distribution: Distribution,
  count: number,
  length: number,
  draw: Draw,
): number[] {
  if (distribution === 'uniform') {
    return Array.from({ length }, () => Math.floor(draw.number() * count))
  }
  const sums: number[] = []
  let sum = 0
  for (let rank = 1; rank <= count; rank += 1) {
    sum += 1 / rank
    sums.push(sum)
  }
  return Array.from({ length }, () => firstAtLeast(sums, draw.number() * sum))
}

function firstAtLeast(sums: readonly number[], wanted: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
