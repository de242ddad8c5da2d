import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FailureAlert } from '../components/failure.tsx'
import { replayTexts } from '../texts/tokens.ts'

type Props = { name: string; remove: () => Promise<unknown>; onClose: () => void }

/** Instead of the secret, where it was lost on its way: the token is there and of no use to anybody. */
export function ReplayedDialog({ name, remove, onClose }: Props) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    await remove().then(onClose, (failure) => {
      setError(failure)
      setBusy(false)
    })
  }
  return (
    <Modal opened onClose={onClose} withCloseButton={false} title={replayTexts.title} centered>
      <Stack>
        <Text>
          <bdi>{replayTexts.about(name)}</bdi>
        </Text>
        {error !== null && <FailureAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {replayTexts.keep}
          </Button>
          <Button color="red" loading={isBusy} onClick={submit} data-autofocus>
            {replayTexts.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
