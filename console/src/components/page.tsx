import { Anchor, Breadcrumbs, Flex, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import { texts } from '../texts/common.ts'

type Props = {
  title: string
  /** What the page is for, in a sentence. */
  about?: ReactNode
  /** Where it belongs: `[{ to, label }]`, outermost first. */
  above?: readonly { to: string; label: string }[]
  /** Beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of every page: one heading, which is also the title of the window. */
export function Page({ title, about, above, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${texts.product}`
  }, [title])
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        {above && (
          <Breadcrumbs separatorMargin={6}>
            {above.map(({ to, label }) => (
              <Anchor key={to} component={Link} to={to} size="sm">
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Flex direction={{ base: 'column', sm: 'row' }} justify="space-between" gap="sm">
          <Stack gap={4} miw={0}>
            <Title order={1} size="h2">
              <bdi>{title}</bdi>
            </Title>
            {about && (
              <Text c="dimmed" maw={720}>
                {about}
              </Text>
            )}
          </Stack>
          {actions && (
            <Group gap="xs" align="flex-start" wrap="wrap" flex="none" maw="100%">
              {actions}
            </Group>
          )}
        </Flex>
      </Stack>
      {children}
    </Stack>
  )
}
