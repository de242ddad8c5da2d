import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { queryClient } from '../api/query-client.ts'
import { FailureAlert } from '../components/failure.tsx'
import { Time } from '../components/time.tsx'
import { tokenTexts } from '../texts/tokens.ts'
import type { Token } from './types.ts'

type Props = {
  token: Token
  /** Sends the deletion; throws the envelope of a refusal. */
  remove: () => Promise<unknown>
  onClose: () => void
  onDeleted?: () => void
}

/** Asks once more, and says what depends on it: when and from where it was used last. */
export function DeleteToken({ token, remove, onClose, onDeleted }: Props) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    setError(null)
    try {
      await remove()
    } catch (failure) {
      setError(failure)
      setBusy(false)
      return
    }
    notifications.show({ message: tokenTexts.removed(token.name) })
    onClose()
    onDeleted?.()
    await queryClient.invalidateQueries()
  }
  return (
    <Modal opened onClose={onClose} title={tokenTexts.removeTitle} centered>
      <Stack>
        <Text fw={600}>
          <bdi>{token.name}</bdi>
        </Text>
        <LastUse token={token} />
        <Text>{tokenTexts.removeConsequence}</Text>
        {error !== null && <FailureAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {tokenTexts.keep}
          </Button>
          <Button
            color="red"
            loading={isBusy}
            onClick={submit}
            leftSection={<IconTrash size={16} aria-hidden />}
          >
            {tokenTexts.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function LastUse({ token: { last_used_at, last_used_ip } }: { token: Token }) {
  if (last_used_at === null) return <Text>{tokenTexts.removeUnused}</Text>
  return (
    <Text>
      {tokenTexts.removeUsed} <Time at={last_used_at} />
      {last_used_ip && ` ${tokenTexts.from} ${last_used_ip}`}.
    </Text>
  )
}
