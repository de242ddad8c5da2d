import type { Moments } from './import-once.ts'
import type { Sample } from './memory.ts'
import { limitAboveIdle } from './plot.ts'

export type Round = {
  /** Seconds of the plain COPY. */
  durable: number
  unlogged: number
  moments: Moments
  samples: Sample[]
  /** Megabytes, before any import. */
  idle: number
}

const ratioMin = 0.3

export function reportOf(rows: number, rounds: readonly Round[], machine: string): string {
  const rate = (seconds: number) => Math.round(rows / seconds).toLocaleString('en')
  const lines = rounds.map(({ durable, unlogged, moments, samples, idle }, at) => {
    const { uploaded, started, finished } = moments
    const peak = Math.max(...samples.map(({ megabytes }) => megabytes))
    const cells = [
      at + 1,
      rate(durable),
      rate(unlogged),
      rate(finished),
      (durable / finished).toFixed(2),
      (unlogged / finished).toFixed(2),
      `${uploaded.toFixed(1)} + ${(started - uploaded).toFixed(1)} + ${(finished - started).toFixed(1)} s`,
      `${idle.toFixed(0)} + ${(peak - idle).toFixed(0)} MB`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const ratios = rounds.map(({ durable, moments }) => durable / moments.finished)
  const ratio = median(ratios)
  const above = Math.max(
    ...rounds.flatMap(({ samples, idle }) => samples.map(({ megabytes }) => megabytes - idle)),
  )
  const verdict = (isReached: boolean) => (isReached ? 'reached' : 'MISSED')
  return `# An import of ${rows.toLocaleString('en')} rows, ${new Date().toISOString().slice(0, 10)}

${machine}. From the first byte of the upload until the accounts are in force, by one server process; beside it plain
COPYs of the same file into a table of its columns with an index by import: one that is durable, as the accounts are, and one that is not.

| round | COPY, rows/s | COPY unlogged, rows/s | import, rows/s | ratio | to unlogged | upload + queue + run | memory: idle + more |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}

- Ratio to a durable COPY, the median: ${ratio.toFixed(2)} (target ≥ ${ratioMin}: ${verdict(ratio >= ratioMin)})
- Memory above idle, the most: ${above.toFixed(0)} MB (target < ${limitAboveIdle} MB: ${verdict(above < limitAboveIdle)})
`
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
