import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { FailureAlert } from '../../components/failure.tsx'
import type { components } from '../../generated/api.d.ts'
import { texts } from '../../texts/common.ts'
import { limitTexts } from '../../texts/tokens.ts'
import { LimitRequests } from './limit-requests.tsx'
import type { Room } from './room.ts'

type Props = {
  room: Room
  requests: readonly components['schemas']['TokenLimitRequest'][]
  most: number
  onClose: () => void
}

/** Asks for a higher limit; somebody else decides. Below, what was asked for before. */
export function AskForMore({ room, requests, most, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={limitTexts.title} centered>
      <Stack gap="lg">
        {requests.some(({ status }) => status === 'pending') ? null : (
          <Form room={room} most={most} onClose={onClose} />
        )}
        {requests.length > 0 && (
          <Stack gap="xs">
            <Title order={3} size="h6">
              {limitTexts.earlier}
            </Title>
            <LimitRequests requests={requests} />
          </Stack>
        )}
      </Stack>
    </Modal>
  )
}

function Form({ room: { token_limit }, most, onClose }: Omit<Props, 'requests'>) {
  const [wanted, setWanted] = useState(Math.min(most, token_limit + 2))
  const [reason, setReason] = useState('')
  const keyOf = useSubmitKey()
  const { mutate, error, isPending } = api.useMutation('post', '/api/v1/me/token-limit-requests', {
    onSuccess: () => {
      notifications.show({ message: limitTexts.sent })
      onClose()
    },
  })
  const fields = error ? failureOf(error).fields : {}
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const body = { requested_limit: wanted, reason }
        mutate({ params: { header: keyOf(body) }, body })
      }}
    >
      <Stack>
        <Text size="sm">{limitTexts.about}</Text>
        {error && <FailureAlert error={error} />}
        <NativeSelect
          label={limitTexts.howMany}
          data={choices(token_limit, most)}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(Number(currentTarget.value))}
          error={fields['requested_limit']}
          styles={{ wrapper: { width: 160 } }}
        />
        <Textarea
          label={limitTexts.reason}
          description={limitTexts.reasonHint}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          maxLength={500}
          autosize
          minRows={3}
          error={fields['reason']}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isPending}>
            {limitTexts.send}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const choices = (limit: number, most: number): string[] =>
  Array.from({ length: most - limit }, (_, at) => String(limit + 1 + at))
