import type { Figure } from './scenario.ts'

/** One line per figure: what, measured, target, and whether it is missed. */
export function tableOf(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length))
  return figures
    .map(({ what, measured, target, reached }) => {
      const verdict = target === '' ? '      ' : reached ? 'ok    ' : 'MISSED'
      const aim = target === '' ? '' : `  (target ${target})`
      const [figure, ...examples] = measured.split('\n')
      return [`${verdict}  ${what.padEnd(width)}  ${figure}${aim}`, ...examples].join('\n')
    })
    .join('\n')
}
