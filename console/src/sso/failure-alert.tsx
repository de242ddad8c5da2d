import { Alert, Code, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { texts } from '../texts/common.ts'
import type { ssoTexts } from '../texts/sso.ts'
import type { ReturnedFailure } from './returned-failure.ts'

/** To who wanted to sign in, or to who is signed in. */
export type Sentences = (typeof ssoTexts)['notSignedIn' | 'notConfirmed']

type Props = {
  failure: ReturnedFailure
  sentences: Sentences
  onClose?: () => void
}

/** What came of the way to a provider. It is the first thing to know on the page that one comes back to, so it has the focus. */
export function SsoFailureAlert({ failure, sentences, onClose }: Props) {
  const { code, correlation_id } = failure
  const alert = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another failure is read anew
  useEffect(() => alert.current?.focus(), [failure])
  return (
    <Alert
      ref={alert}
      tabIndex={-1}
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      {...(onClose && { withCloseButton: true, closeButtonLabel: texts.close, onClose })}
    >
      <Text size="sm">{sentences[code]}</Text>
      {correlation_id && (
        <Text size="xs" mt="xs">
          {texts.quote} <Code>{correlation_id}</Code>
        </Text>
      )}
    </Alert>
  )
}
