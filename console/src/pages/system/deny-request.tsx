import { Button, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { FormDialog, FormDialogBody } from '../../components/form-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { limitTexts as texts } from '../../texts/limit-requests.ts'
import type { LimitRequest } from './limit-request.ts'

type Props = { row: LimitRequest }

export function DenyRequest({ row }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const { name } = row.user
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open} aria-label={texts.denyThat(name)}>
        {texts.deny}
      </Button>
      <FormDialog opened={isOpen} onClose={close} title={texts.denyTitle(name)}>
        <DenyForm row={row} onClose={close} />
      </FormDialog>
    </>
  )
}

function DenyForm({ row: { id, user }, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const deny = api.useMutation('post', '/api/v1/token-limit-requests/{id}/deny', {
    onSuccess() {
      notifications.show({ message: texts.denied(user.name) })
      onClose()
      keepFocus()
    },
  })
  return (
    <FormDialogBody
      action={texts.denyAction}
      color="red"
      onSubmit={() => deny.mutate({ params: { path: { id } }, body: { reason } })}
      onClose={onClose}
      isBusy={deny.isPending}
      error={deny.error}
      fields={['reason']}
    >
      <Text size="sm">{texts.denyAbout}</Text>
      <Textarea
        label={texts.why}
        required
        withAsterisk={false}
        autosize
        minRows={3}
        maxRows={8}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={failureOf(deny.error).fields['reason']}
        data-autofocus
      />
    </FormDialogBody>
  )
}
