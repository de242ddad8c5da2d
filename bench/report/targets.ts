import type { Figures } from '../measure/figures.ts'
import { names } from '../names.ts'

type Target = { what: string; figure: number; reached: boolean }

/** Below it a run fails; the targets above it are printed beside what was measured, for machines differ. */
export const ratioFloor = 0.4

/** What the hot path is to reach, beside what it did. */
export function targetsOf(figures: readonly Figures[]): Target[] {
  const of = (name: string) => figures.find((one) => one.name === name)
  const [bare, postern] = [of(names.bare), of(names.postern)]
  const [bareOne, posternOne] = [of(names.bareOne), of(names.posternOne)]
  const malformed = of(names.malformed)
  const atMost = (what: string, limit: number, figure: number | undefined) =>
    figure === undefined ? [] : [{ what: `${what} ≤ ${limit}`, figure, reached: figure <= limit }]
  const atLeast = (what: string, limit: number, figure: number | undefined) =>
    figure === undefined ? [] : [{ what: `${what} ≥ ${limit}`, figure, reached: figure >= limit }]
  return [
    ...atLeast('throughput to bare, 64 connections', 0.6, postern?.ratio.median),
    ...atLeast('the same, aim', 0.75, postern?.ratio.median),
    ...atMost('p99 to bare', 3, bare && postern && postern.p99_ms / bare.p99_ms),
    ...atMost('PostgreSQL CPU, µs per request', 5, postern?.pg_us),
    ...atMost('authority queries per request', 0.05, postern?.queries),
    ...atMost(
      'one connection, warm: p50 to bare',
      3,
      bareOne && posternOne && posternOne.p50_ms / bareOne.p50_ms,
    ),
    ...atMost('malformed tokens: queries', 0, malformed?.queries),
    ...peerTargets(figures, of(names.posternBesidePeers), atLeast),
  ]
}

function peerTargets(
  figures: readonly Figures[],
  postern: Figures | undefined,
  atLeast: (what: string, limit: number, figure: number | undefined) => Target[],
): Target[] {
  const limits = { 'better-auth': 30, 'oidc-provider': 10, 'fast-jwt': 0.8 }
  return Object.entries(limits).flatMap(([peer, limit]) => {
    const one = figures.find(({ name }) => name.startsWith(`peer: ${peer}`))
    return atLeast(
      `throughput to ${peer}`,
      limit,
      one && postern && postern.ratio.median / one.ratio.median,
    )
  })
}

export function linesOf(targets: readonly Target[]): string {
  return targets
    .map(({ what, figure, reached }) => {
      return `- ${reached ? 'reached' : '**not reached**'}: ${what}: ${figure.toFixed(figure < 0.1 ? 3 : 2)}`
    })
    .join('\n')
}
