import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowedOver } from '../access/use-allowed-at.ts'
import { api } from '../api/client.ts'
import { failureOf } from '../api/errors.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { FailureAlert } from '../components/failure.tsx'
import type { components } from '../generated/api.d.ts'
import { texts } from '../texts/common.ts'
import { othersTokens as words } from '../texts/tokens-of-others.ts'
import { LastUsed } from './token-cells.tsx'

type Props = { user_id: string; token: components['schemas']['Token'] }

/** Ends somebody’s token for good: it takes a say in every tenant that the token stores. */
export function DeleteToken(props: Props) {
  const { token } = props
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowedOver('tokens.revoke', token.tenants)
  if (token.status !== 'active') return null
  return (
    <>
      <AllowedButton
        allowed={allowed}
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-label={words.removeNamed(token.name)}
        onClick={open}
      >
        {words.remove}
      </AllowedButton>
      <Modal opened={isOpen} onClose={close} title={words.removeTitle(token.name)} centered>
        <DeleteForm {...props} onClose={close} />
      </Modal>
    </>
  )
}

function DeleteForm({ user_id, token, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const remove = api.useMutation('delete', '/api/v1/users/{id}/tokens/{token_id}', {
    onSuccess: () => {
      onClose()
      notifications.show({ message: words.removed(token.name) })
    },
  })
  const wrong = remove.error ? failureOf(remove.error).fields['reason'] : undefined
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const query = reason.trim() === '' ? {} : { reason: reason.trim() }
        remove.mutate({ params: { path: { id: user_id, token_id: token.id }, query } })
      }}
    >
      <Stack>
        <Text>{words.removeAbout}</Text>
        <Group gap={6}>
          <Text size="sm">{words.usedLast}:</Text>
          <LastUsed token={token} />
        </Group>
        <TextInput
          label={words.reason}
          description={words.reasonAbout}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          error={wrong}
          autoComplete="off"
          data-autofocus
        />
        {remove.error !== null && !wrong && <FailureAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {words.removeAction}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
