import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Allowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { providerFormTexts as words } from '../../texts/identity-providers.ts'
import { changesOf, draftFields, draftOf, type Provider } from './draft.ts'
import { Fields } from './fields.tsx'
import { StoredSecret } from './secret-field.tsx'

/** As it was when the form was opened: what others change meanwhile is not overwritten unless it is changed here, too. */
export function EditForm({ provider, allowed }: { provider: Provider; allowed: Allowed }) {
  const [saved, setSaved] = useState(provider)
  const [draft, setDraft] = useState(draftOf(provider))
  const update = api.useMutation('patch', '/api/v1/identity-providers/{id}', {
    // The request may hold the secret: it is kept for no one, nor while the page stays open.
    gcTime: 0,
    onSuccess(next) {
      update.reset()
      setSaved(next)
      setDraft(draftOf(next))
      notifications.show({ message: words.saved, color: 'green' })
    },
  })
  const changes = changesOf(saved, draft)
  const isChanged = Object.keys(changes).length > 0
  const fields = {
    draft,
    change: (values: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...values })),
    wrong: failureOf(update.error).fields,
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) update.mutate({ params: { path: { id: saved.id } }, body: changes })
      }}
    >
      <Stack gap="lg">
        <Fields
          {...fields}
          isIssuerFixed
          secret={<StoredSecret {...fields} hasSecret={saved.has_client_secret} />}
        />
        <FormFailure error={update.error} fields={draftFields} />
        <Group justify="flex-end">
          <AllowedButton
            type="submit"
            allowed={isChanged ? allowed : { isAllowed: false, reason: words.unchanged }}
            loading={update.isPending}
          >
            {words.save}
          </AllowedButton>
        </Group>
      </Stack>
    </form>
  )
}
