import type { Figures } from '../measure/figures.ts'

const barHeight = 18
const gap = 8
const left = 250
const width = 460

/** Throughput beside bare Fastify in the same rounds, as bars; the thin line is the range over the rounds. */
export function plotOf(figures: readonly Figures[]): string {
  const height = figures.length * (barHeight + gap) + 50
  const scale = width / Math.max(1, ...figures.map(({ ratio }) => ratio.max))
  const bars = figures.map((one, at) => barOf(one, 36 + at * (barHeight + gap), scale))
  const mark = left + scale
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 70} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="8" y="20" font-weight="bold">Requests per second, bare Fastify with the same answer = 1</text>
<line x1="${mark}" y1="30" x2="${mark}" y2="${height - 8}" stroke="#999" stroke-dasharray="3 3"/>
${bars.join('\n')}
</svg>
`
}

function barOf({ name, ratio: { median, min, max } }: Figures, y: number, scale: number): string {
  const middle = y + barHeight / 2
  const at = (value: number) => (left + value * scale).toFixed(1)
  const fill = name.startsWith('Postern') ? '#2f6f5e' : '#b8b8b8'
  return `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${name}</text>
<rect x="${left}" y="${y}" width="${(median * scale).toFixed(1)}" height="${barHeight}" fill="${fill}"/>
<line x1="${at(min)}" y1="${middle}" x2="${at(max)}" y2="${middle}" stroke="#222"/>
<text x="${left + Math.max(median, max) * scale + 6}" y="${middle + 4}">${median.toFixed(median < 0.1 ? 3 : 2)}</text>`
}
