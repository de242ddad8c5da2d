import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'

type Props = { error: unknown; retry?: () => void }

/** What went wrong, in the server's words, with the id to quote. */
export function FailureAlert({ error, retry }: Props) {
  const { message, correlation_id, isAway, fields } = failureOf(error)
  return (
    <Alert
      role="alert"
      color={isAway ? 'yellow' : 'red'}
      variant="light"
      icon={isAway ? <IconPlugConnectedX /> : <IconAlertTriangle />}
      title={message}
    >
      <Stack gap="xs" align="flex-start">
        {Object.entries(fields).map(([field, text]) => (
          <Text key={field} size="sm">
            <Code>{field}</Code> {text}
          </Text>
        ))}
        {retry && isAway && <Text size="sm">{texts.triesAgain}</Text>}
        <Group gap="sm">
          {retry && (
            <Button size="compact-sm" variant="default" onClick={retry}>
              {texts.tryAgain}
            </Button>
          )}
          {correlation_id && (
            <Text size="xs">
              {texts.quote} <Code>{correlation_id}</Code>
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}
