import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'react-router'
import { texts } from '../texts/common.ts'

export function NotFound() {
  return (
    <Stack align="flex-start" py="xl">
      <Title order={1} size="h3">
        404
      </Title>
      <Text>{texts.notFound}</Text>
      <Button component={Link} to="/settings/tokens" variant="default">
        {texts.backHome}
      </Button>
    </Stack>
  )
}
