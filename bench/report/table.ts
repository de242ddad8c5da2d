import type { Figures } from '../measure/figures.ts'

const columns: [string, (figures: Figures) => string][] = [
  ['row', ({ name }) => name],
  ['conn.', ({ connections }) => `${connections}`],
  ['req/s', ({ perSecond }) => perSecond.toFixed(0)],
  [
    'ratio (min-max)',
    ({ ratio: { median, min, max } }) => `${short(median)} (${short(min)}-${short(max)})`,
  ],
  ['p50 ms', ({ p50_ms }) => p50_ms.toFixed(2)],
  ['p99 ms', ({ p99_ms }) => p99_ms.toFixed(1)],
  ['node µs', ({ node_us }) => node_us.toFixed(1)],
  ['pg µs', ({ pg_us }) => pg_us.toFixed(1)],
  ['queries', ({ queries }) => queries.toFixed(3)],
  ['strangers', ({ strangers }) => strangers.toFixed(2)],
]

const short = (value: number) => value.toFixed(value < 0.1 ? 3 : 2)

/** As Markdown, which also reads well on a terminal. */
export function tableOf(figures: readonly Figures[]): string {
  const cells = [
    columns.map(([title]) => title),
    ...figures.map((one) => columns.map(([, of]) => of(one))),
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const lines = cells.map(
    (row) =>
      `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`,
  )
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
