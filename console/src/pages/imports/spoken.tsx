import { VisuallyHidden } from '@mantine/core'
import type { Import } from '../../imports/types.ts'
import { importTexts, importDetailTexts as words } from '../../texts/imports.ts'
import { percentDone } from './progress.tsx'

/** Who can't see the bar is told the status, and how far it is in quarters: not every number. */
export function Spoken({ shown }: { shown: Import }) {
  const quarter = Math.floor((percentDone(shown) ?? 0) / 25) * 25
  const said = importTexts.statuses[shown.status]
  return (
    <VisuallyHidden role="status">
      {shown.status === 'running' && quarter > 0 ? `${said}, ${words.percent(quarter)}` : said}
    </VisuallyHidden>
  )
}
