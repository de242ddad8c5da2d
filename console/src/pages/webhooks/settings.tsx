import { Group, Paper, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { webhookFormTexts as words } from '../../texts/webhooks.ts'
import type { Webhook } from '../../webhooks/types.ts'
import { bodyOf, changesOf, type Draft, draftFields, draftOf } from './draft.ts'
import { Fields } from './fields.tsx'

/** What is being typed, and into what. */
export type Typed = { saved: Webhook; draft: Draft }

type Props = {
  webhook: Webhook
  /** Null while nothing is. */
  typed: Typed | null
  setTyped: Dispatch<SetStateAction<Typed | null>>
}

/** As it was when the form was opened: what others change meanwhile is not overwritten unless it is changed here, too. */
export function Settings({ webhook, typed, setTyped }: Props) {
  const [opened, setOpened] = useState(webhook)
  const { saved, draft } = typed ?? { saved: opened, draft: draftOf(opened) }
  const update = api.useMutation('patch', '/api/v1/webhooks/{id}', {
    onSuccess(next) {
      setOpened(next)
      setTyped(null)
      notifications.show({ message: words.saved })
    },
  })
  const changes = changesOf(bodyOf(draftOf(saved)), bodyOf(draft))
  const reason =
    draft.event_types.length === 0
      ? words.chooseEvent
      : Object.keys(changes).length === 0
        ? words.unchanged
        : null
  return (
    <Paper withBorder p="lg" maw={720}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (reason !== null) return
          update.mutate({ params: { path: { id: webhook.id } }, body: changes })
        }}
      >
        <Stack gap="lg">
          <Fields
            draft={draft}
            setDraft={(change) =>
              setTyped((before) => ({ saved, draft: change(before?.draft ?? draft) }))
            }
            wrong={failureOf(update.error).fields}
          />
          <FormFailure error={update.error} fields={draftFields} />
          <Group justify="flex-end">
            <AllowedButton
              type="submit"
              allowed={{ isAllowed: reason === null, reason }}
              loading={update.isPending}
            >
              {words.save}
            </AllowedButton>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
