import { Group, Paper, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { applicationFormTexts as words } from '../../texts/applications.ts'
import { bodyOf, changesOf, draftFields, draftOf } from './draft.ts'
import { Fields } from './fields.tsx'
import type { Application } from './types.ts'

/** As it was when the form was opened: what others change meanwhile is not overwritten unless it is changed here, too. */
export function Settings({ application }: { application: Application }) {
  const [saved, setSaved] = useState(application)
  const [draft, setDraft] = useState(draftOf(application))
  const mayWrite = useAllowed('applications.write', application.tenant_id)
  const update = api.useMutation('patch', '/api/v1/applications/{id}', {
    onSuccess(next) {
      setSaved(next)
      setDraft(draftOf(next))
      notifications.show({ message: words.saved })
    },
  })
  const changes = changesOf(bodyOf(draftOf(saved)), bodyOf(draft))
  const isChanged = Object.keys(changes).length > 0
  const unchanged = { isAllowed: false, reason: words.unchanged }
  return (
    <Paper withBorder p="lg" maw={720}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          update.mutate({ params: { path: { id: application.id } }, body: changes })
        }}
      >
        <Stack gap="lg">
          <Fields
            draft={draft}
            change={(values) => setDraft((before) => ({ ...before, ...values }))}
            wrong={failureOf(update.error).fields}
          />
          <FormFailure error={update.error} fields={draftFields} />
          <Group justify="flex-end">
            <AllowedButton
              type="submit"
              allowed={mayWrite.isAllowed && !isChanged ? unchanged : mayWrite}
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
