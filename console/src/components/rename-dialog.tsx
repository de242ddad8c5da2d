import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'
import { FailureAlert } from './failure.tsx'

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  about: string
  name: string
  onRename: (name: string) => void
  isBusy: boolean
  error: unknown
}

export function RenameDialog({ opened, onClose, title, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Form {...props} onClose={onClose} />
    </Modal>
  )
}

type FormProps = Omit<Props, 'opened' | 'title'>

function Form({ about, name, onRename, isBusy, error, onClose }: FormProps) {
  const [next, setNext] = useState(name)
  const wrong = error === null ? undefined : failureOf(error).fields['name']
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onRename(next.trim())
      }}
    >
      <Stack>
        <Text size="sm">{about}</Text>
        {error !== null && !wrong && <FailureAlert error={error} />}
        <TextInput
          label={texts.name}
          value={next}
          onChange={({ currentTarget }) => setNext(currentTarget.value)}
          error={wrong}
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
