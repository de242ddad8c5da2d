import { Button, NumberInput, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { FormDialog, FormDialogBody } from '../../components/form-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { limitTexts as texts } from '../../texts/limit-requests.ts'
import { instantInWords } from '../../tokens/expiry.ts'
import type { LimitRequest } from './limit-request.ts'

type Props = { row: LimitRequest }
const fields = ['granted_limit', 'granted_until', 'reason']

export function ApproveRequest({ row }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const { name } = row.user
  return (
    <>
      <Button size="compact-sm" onClick={open} aria-label={texts.approveThat(name)}>
        {texts.approve}
      </Button>
      <FormDialog opened={isOpen} onClose={close} title={texts.approveTitle(name)}>
        <ApproveForm row={row} onClose={close} />
      </FormDialog>
    </>
  )
}

function ApproveForm({
  row: { id, user, requested_limit },
  onClose,
}: Props & { onClose: () => void }) {
  const [granted_limit, setLimit] = useState<number | string>(requested_limit)
  const [until, setUntil] = useState<Date | null>(null)
  const [note, setNote] = useState('')
  const approve = api.useMutation('post', '/api/v1/token-limit-requests/{id}/approve', {
    onSuccess(decided) {
      notifications.show({
        message: texts.approved(user.name, decided.granted_limit ?? requested_limit),
      })
      onClose()
      keepFocus()
    },
  })
  const wrong = failureOf(approve.error).fields
  function submit() {
    const body = {
      granted_limit: Number(granted_limit),
      ...(until && { granted_until: until.toISOString() }),
      ...(note.trim() && { reason: note }),
    }
    approve.mutate({ params: { path: { id } }, body })
  }
  return (
    <FormDialogBody
      action={texts.approveAction}
      onSubmit={submit}
      onClose={onClose}
      isBusy={approve.isPending}
      error={approve.error}
      fields={fields}
    >
      <Text size="sm">
        {texts.standing(user.live_tokens ?? 0, user.token_limit, requested_limit)}
      </Text>
      <NumberInput
        label={texts.granted}
        description={texts.grantedAbout}
        value={granted_limit}
        onChange={setLimit}
        allowDecimal={false}
        allowNegative={false}
        required
        withAsterisk={false}
        error={wrong['granted_limit']}
        data-autofocus
      />
      <Until onChange={setUntil} error={wrong['granted_until']} />
      <Textarea
        label={texts.note}
        autosize
        maxRows={6}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
        error={wrong['reason']}
      />
    </FormDialogBody>
  )
}

type UntilProps = { onChange: (until: Date | null) => void; error: string | undefined }

/** For good, or until the end of a day where one is. */
function Until({ onChange, error }: UntilProps) {
  const [isForGood, setForGood] = useState(true)
  const [date, setDate] = useState('')
  const instant = endOf(date)
  return (
    <Stack gap="xs">
      <Radio.Group
        label={texts.until}
        value={isForGood ? 'good' : 'date'}
        onChange={(value) => {
          setForGood(value === 'good')
          onChange(value === 'good' ? null : instant)
        }}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="good" label={texts.forGood} />
          <Radio value="date" label={texts.untilDate} />
        </Stack>
      </Radio.Group>
      {!isForGood && (
        <TextInput
          type="date"
          label={texts.date}
          description={instant && texts.dateAbout(instantInWords(instant))}
          required
          withAsterisk={false}
          value={date}
          onChange={({ currentTarget: { value } }) => {
            setDate(value)
            onChange(endOf(value))
          }}
          error={error}
        />
      )}
    </Stack>
  )
}

/** The first instant of the day after, in the zone of the browser; null as long as there is no such day. */
function endOf(date: string): Date | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const instant = new Date(year, month - 1, day + 1)
  return date === '' || Number.isNaN(instant.getTime()) ? null : instant
}
