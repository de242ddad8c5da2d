import { Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { makePasskey } from '../api/passkeys.ts'
import { FormDialog, FormDialogBody } from '../components/form-dialog.tsx'
import { texts as common } from '../texts/common.ts'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'

export function AddPasskey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <FormDialog opened={opened} onClose={onClose} title={texts.addTitle}>
      <Form onClose={onClose} />
    </FormDialog>
  )
}

function Form({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: create,
    onSuccess() {
      notifications.show({ message: texts.passkeyAdded, color: 'green' })
      onClose()
    },
  })
  return (
    <FormDialogBody
      action={texts.addAction}
      onSubmit={() => add.mutate(name.trim())}
      onClose={onClose}
      isBusy={add.isPending}
      error={add.error}
      fields={['name']}
    >
      <Text size="sm">{texts.addAbout}</Text>
      <TextInput
        label={common.name}
        placeholder={texts.namePlaceholder}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={failureOf(add.error).fields['name']}
        required
        withAsterisk={false}
        autoComplete="off"
        data-autofocus
      />
    </FormDialogBody>
  )
}

async function create(name: string): Promise<void> {
  const asked = await client.POST('/api/v1/me/passkeys/options')
  if (asked.error !== undefined) throw asked.error
  const passkey = await makePasskey(asked.data)
  const { error } = await client.POST('/api/v1/me/passkeys', { body: { name, passkey } })
  if (error !== undefined) throw error
}
