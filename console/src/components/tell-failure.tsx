import { Code, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'

/** What went wrong with something that has no place of its own on the page; it stays until it is read. */
export function tellFailure(error: unknown): void {
  const { message, correlation_id } = failureOf(error)
  notifications.show({
    color: 'red',
    autoClose: false,
    title: message,
    message: correlation_id && (
      <Text size="xs">
        {texts.quote} <Code>{correlation_id}</Code>
      </Text>
    ),
  })
}
