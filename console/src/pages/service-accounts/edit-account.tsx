import { Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormDialog, FormDialogBody } from '../../components/form-dialog.tsx'
import { texts } from '../../texts/common.ts'
import { newAccountTexts, accountDetailTexts as words } from '../../texts/service-accounts.ts'
import type { Account } from './types.ts'

export function EditAccount({ account, allowed }: { account: Account; allowed: Allowed }) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={open}>
        {words.edit}
      </AllowedButton>
      <FormDialog opened={isOpen} onClose={close} title={words.editTitle}>
        <EditForm account={account} onClose={close} />
      </FormDialog>
    </>
  )
}

function EditForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const [name, setName] = useState(account.name)
  const [description, setDescription] = useState(account.description ?? '')
  const update = api.useMutation('patch', '/api/v1/service-accounts/{id}', {
    onSuccess() {
      notifications.show({ message: words.edited })
      onClose()
    },
  })
  const wrong = failureOf(update.error).fields
  const body = { name: name.trim(), description: description.trim() ? description : null }
  return (
    <FormDialogBody
      action={texts.save}
      onSubmit={() => update.mutate({ params: { path: { id: account.id } }, body })}
      onClose={onClose}
      isBusy={update.isPending}
      error={update.error}
      fields={['name', 'description']}
    >
      <TextInput
        label={newAccountTexts.name}
        required
        withAsterisk={false}
        autoComplete="off"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={wrong['name']}
        data-autofocus
      />
      <Textarea
        label={newAccountTexts.description}
        autosize
        maxRows={8}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        error={wrong['description']}
      />
    </FormDialogBody>
  )
}
