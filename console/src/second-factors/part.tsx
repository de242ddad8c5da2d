import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: string; about: string; actions?: ReactNode; children: ReactNode }

/** One kind of factor. */
export function Part({ title, about, actions, children }: Props) {
  return (
    <Stack gap="xs">
      <div>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </div>
      {children}
      <Group gap="xs">{actions}</Group>
    </Stack>
  )
}
