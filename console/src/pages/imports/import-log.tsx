import { Code, Stack, Title } from '@mantine/core'
import type { Import } from '../../imports/types.ts'
import { importDetailTexts as words } from '../../texts/imports.ts'

/** What the worker had to say; of a failed import that stands at the top (standing.tsx). */
export function ImportLog({ shown: { log, status } }: { shown: Import }) {
  if (log === null || status === 'failed') return null
  return (
    <Stack gap="sm" component="section" aria-label={words.log}>
      <Title order={2} size="h4">
        {words.log}
      </Title>
      <Code block style={{ whiteSpace: 'pre-wrap' }}>
        {log}
      </Code>
    </Stack>
  )
}
