import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: string; about: ReactNode; children: ReactNode }

/** One kind of factor: what there is of it, and what can be done about that. */
export function FactorLine({ title, about, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm">{about}</Text>
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  )
}
