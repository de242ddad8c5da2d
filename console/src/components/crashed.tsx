import { Button, Container, Stack, Text, Title } from '@mantine/core'
import { texts } from '../texts/common.ts'

/** Instead of a page that has thrown while it was shown. */
export function Crashed() {
  return (
    <Container size="xs" py="xl">
      <Stack align="flex-start">
        <Title order={1} size="h3">
          {texts.product}
        </Title>
        <Text>{texts.crashed}</Text>
        <Button onClick={() => location.reload()}>{texts.reload}</Button>
      </Stack>
    </Container>
  )
}
