import { type ButtonProps, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowedOver } from '../access/use-allowed-at.ts'
import { api } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { FormDialog, FormDialogBody } from '../components/form-dialog.tsx'
import { keepFocus } from '../components/keep-focus.ts'
import { Time } from '../components/time.tsx'
import { othersTokens as words } from '../texts/others-tokens.ts'
import type { Token } from './types.ts'

type Props = { user_id: string; token: Token; look?: ButtonProps }

const inRow: ButtonProps = { variant: 'subtle', color: 'red', size: 'compact-sm' }

/** Ends somebody’s token for good: it takes a say in every tenant that the token stores. */
export function DeleteOthersToken(props: Props) {
  const { token, look = inRow } = props
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowedOver('tokens.revoke', token.tenants)
  if (token.status !== 'active') return null
  return (
    <>
      <AllowedButton
        allowed={allowed}
        {...look}
        aria-label={words.removeNamed(token.name)}
        onClick={open}
      >
        {words.remove}
      </AllowedButton>
      <FormDialog opened={isOpen} onClose={close} title={words.removeTitle(token.name)}>
        <DeleteForm {...props} onClose={close} />
      </FormDialog>
    </>
  )
}

function DeleteForm({ user_id, token, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const remove = api.useMutation('delete', '/api/v1/users/{id}/tokens/{token_id}', {
    onSuccess: () => {
      onClose()
      notifications.show({ message: words.removed(token.name) })
      keepFocus()
    },
  })
  const query = reason.trim() === '' ? {} : { reason: reason.trim() }
  return (
    <FormDialogBody
      action={words.removeAction}
      color="red"
      onSubmit={() =>
        remove.mutate({ params: { path: { id: user_id, token_id: token.id }, query } })
      }
      onClose={onClose}
      isBusy={remove.isPending}
      error={remove.error}
      fields={['reason']}
    >
      <Text>{words.removeAbout}</Text>
      <LastUse token={token} />
      <TextInput
        label={words.reason}
        description={words.reasonAbout}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={remove.error ? failureOf(remove.error).fields['reason'] : undefined}
        autoComplete="off"
        data-autofocus
      />
    </FormDialogBody>
  )
}

function LastUse({ token: { last_used_at, last_used_ip } }: { token: Token }) {
  if (last_used_at === null) return <Text size="sm">{words.neverUsed}</Text>
  return (
    <Text size="sm">
      {words.usedLast} <Time at={last_used_at} />
      {last_used_ip && ` ${words.from} ${last_used_ip}`}.
    </Text>
  )
}
