import type { Measured } from './rounds.ts'
import type { Sample } from './sample.ts'

/** What a row comes to: medians over the rounds. */
export type Figures = {
  name: string
  connections: number
  perSecond: number
  /** To its base in the same round. */
  ratio: { median: number; min: number; max: number }
  p50_ms: number
  p99_ms: number
  node_us: number
  pg_us: number
  queries: number
  strangers: number
}

export function figuresOf(measured: readonly Measured[]): Figures[] {
  return measured.map(({ row, samples }) => {
    const base = measured.find(({ row: { name } }) => name === row.base)
    const ratios = samples.map(({ perSecond }, round) => {
      const beside = base?.samples[round]
      return beside ? perSecond / beside.perSecond : Number.NaN
    })
    const of = (pick: (sample: Sample) => number) => median(samples.map(pick))
    return {
      name: row.name,
      connections: row.connections,
      perSecond: of(({ perSecond }) => perSecond),
      ratio: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
      p50_ms: of(({ p50 }) => p50) / 1000,
      p99_ms: of(({ p99 }) => p99) / 1000,
      node_us: of(({ node_us }) => node_us),
      pg_us: of(({ pg_us }) => pg_us),
      queries: of(({ queries }) => queries),
      strangers: of(({ strangers }) => strangers),
    }
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
