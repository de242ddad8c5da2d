import { Box, Center, Paper, Stack, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { texts } from '../texts/common.ts'
import { Brand } from './brand.tsx'

/** Around what is shown to somebody who isn't signed in. */
export function NarrowLayout({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${texts.product}`
  }, [title])
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Box>
          <Brand />
        </Box>
        <Paper withBorder p="xl" shadow="sm">
          <Stack>
            <Title order={1} size="h3">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  )
}
