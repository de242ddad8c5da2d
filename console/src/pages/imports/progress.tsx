import { Progress as Bar, Paper, Stack, Text } from '@mantine/core'
import type { Import } from '../../imports/types.ts'
import { importDetailTexts as words } from '../../texts/imports.ts'

/** Null until the rows are counted. */
export function percentDone({ progress }: Import): number | null {
  if (progress === null || progress.rows_total === null) return null
  const { rows_done, rows_total } = progress
  return rows_total === 0 ? 100 : Math.floor((100 * rows_done) / rows_total)
}

/** How far an import is that is under way. */
export function Progress({ shown }: { shown: Import }) {
  const percent = percentDone(shown)
  return (
    <Paper withBorder p="lg">
      <Stack gap="xs">
        <Bar.Root size="lg">
          <Bar.Section
            value={shown.status === 'running' && percent === null ? 100 : (percent ?? 0)}
            animated={percent === null || shown.status === 'running'}
            aria-label={words.reading}
          />
        </Bar.Root>
        <Text size="sm">{inWords(shown)}</Text>
      </Stack>
    </Paper>
  )
}

function inWords({ status, progress }: Import): string {
  if (status === 'pending') return words.waiting
  if (status === 'canceling') return words.canceling
  if (progress === null || progress.rows_total === null) return words.counting
  return words.rows(progress.rows_done, progress.rows_total)
}
