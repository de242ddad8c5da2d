import type { Sample } from './memory.ts'

const [width, height, left, top, bottom, right] = [760, 300, 60, 40, 40, 20]

type Plot = {
  title: string
  samples: readonly Sample[]
  idle: number
  /** Moments with a name, as vertical lines. */
  marks: readonly { name: string; seconds: number }[]
}

/** Memory over time as a line; the dashed ones are what it was before, and what it must stay below. */
export function memoryPlot({ title, samples, idle, marks }: Plot): string {
  const end = samples.at(-1)?.seconds ?? 1
  const most = Math.max(idle + limitAboveIdle, ...samples.map(({ megabytes }) => megabytes)) * 1.1
  const x = (seconds: number) => (left + (seconds / end) * (width - left - right)).toFixed(1)
  const y = (megabytes: number) =>
    (height - bottom - (megabytes / most) * (height - top - bottom)).toFixed(1)
  const points = samples.map(({ seconds, megabytes }) => `${x(seconds)},${y(megabytes)}`)
  const level = (megabytes: number, name: string) =>
    `<line x1="${left}" y1="${y(megabytes)}" x2="${width - right}" y2="${y(megabytes)}" stroke="#999" stroke-dasharray="4 3"/>
<text x="${width - right}" y="${Number(y(megabytes)) - 4}" text-anchor="end" fill="#555">${name}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="8" y="20" font-weight="bold">${title}</text>
${level(idle, `idle: ${idle.toFixed(0)} MB`)}
${level(idle + limitAboveIdle, `limit: ${limitAboveIdle} MB above it`)}
${marks.map(({ name, seconds }, at) => markOf(x(seconds), name, at)).join('\n')}
<polyline fill="none" stroke="#2f6f5e" stroke-width="1.5" points="${points.join(' ')}"/>
<line x1="${left}" y1="${height - bottom}" x2="${width - right}" y2="${height - bottom}" stroke="#222"/>
${ticksOf(end)
  .map((at) => `<text x="${x(at)}" y="${height - bottom + 16}" text-anchor="middle">${at} s</text>`)
  .join('\n')}
<text x="${left - 6}" y="${y(0)}" text-anchor="end">0</text>
<text x="${left - 6}" y="${Number(y(most / 1.1)) + 4}" text-anchor="end">${(most / 1.1).toFixed(0)} MB</text>
</svg>
`
}

export const limitAboveIdle = 150

const markOf = (x: string, name: string, at: number) =>
  `<line x1="${x}" y1="${top}" x2="${x}" y2="${height - bottom}" stroke="#c96"/>
<text x="${Number(x) + 4}" y="${height - bottom - 6 - 14 * (at % 3)}" fill="#963">${name}</text>`

function ticksOf(end: number): number[] {
  const step = [0.5, 1, 2, 5, 10, 20, 60].find((one) => end / one <= 12) ?? 120
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step)
}
