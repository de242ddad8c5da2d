import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useBlocker } from 'react-router'
import { secretTexts } from '../texts/tokens.ts'
import { CopySecret } from './copy-secret.tsx'
import { curlOf, downloadEnv } from './take-along.ts'

type Props = { token: string; name: string; onClose: () => void }

/**
 * Shows a secret, this once. It is kept by whoever renders this, in a state of their own and nowhere else,
 * and forgotten by `onClose`. Nothing closes it by accident: no key, no click beside it, no step back.
 */
export function SecretDialog({ token, name, onClose }: Props) {
  const [isTaken, setTaken] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const isLeaving = useRef(false)
  const blocker = useBlocker(() => !isTaken && !isLeaving.current)
  useWarningOnLeave(!isTaken)
  const asks = isAsking || blocker.state === 'blocked'
  const take = () => setTaken(true)
  function leave() {
    isLeaving.current = true
    if (blocker.state === 'blocked') blocker.proceed()
    else onClose()
  }
  function stay() {
    setAsking(false)
    if (blocker.state === 'blocked') blocker.reset()
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={secretTexts.title}
      size="lg"
      centered
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {secretTexts.once}
        </Alert>
        <CopySecret
          label={secretTexts.label(name)}
          copyLabel={secretTexts.copy}
          value={token}
          onTaken={take}
          isFirst
        />
        <Group>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => {
              downloadEnv(name, token)
              take()
            }}
          >
            {secretTexts.download}
          </Button>
        </Group>
        <CopySecret
          label={secretTexts.curl}
          copyLabel={secretTexts.copyCurl}
          value={curlOf(token)}
          onTaken={take}
        />
        <PostmanHint />
        {asks && !isTaken ? (
          <NotCopied onStay={stay} onLeave={leave} />
        ) : (
          <Group justify="flex-end">
            <Button onClick={() => (isTaken ? leave() : setAsking(true))}>
              {secretTexts.close}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function PostmanHint() {
  return (
    <Text size="sm">
      {secretTexts.postman}{' '}
      <Anchor href="/api/v1/openapi.json" target="_blank" inherit>
        {secretTexts.postmanLink}
      </Anchor>
      .
    </Text>
  )
}

function NotCopied({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <Alert role="alert" color="red" variant="light" title={secretTexts.notCopied}>
      <Stack gap="sm">
        <Text size="sm">{secretTexts.notCopiedAbout}</Text>
        <Group>
          <Button onClick={onStay} data-autofocus>
            {secretTexts.back}
          </Button>
          <Button variant="default" onClick={onLeave}>
            {secretTexts.closeAnyway}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

/** The browser asks, in its own words, before a window closes on a secret that nobody has. */
function useWarningOnLeave(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isOn])
}
