import { Button, Group, Paper, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { Page } from '../../components/page.tsx'
import { texts as common } from '../../texts/common.ts'
import { providersTexts, providerFormTexts as words } from '../../texts/identity-providers.ts'
import { bodyOf, draftFields, emptyDraft } from './draft.ts'
import { Fields } from './fields.tsx'
import { NewSecret } from './secret-field.tsx'

export function Component() {
  return (
    <Page
      title={words.title}
      about={words.about}
      above={[{ to: '/system/identity-providers', label: providersTexts.list }]}
    >
      <Paper withBorder p="lg" maw={720}>
        <NewProvider />
      </Paper>
    </Page>
  )
}

function NewProvider() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [draft, setDraft] = useState(emptyDraft)
  const allowed = useAllowed('settings.write')
  const create = api.useMutation('post', '/api/v1/identity-providers', {
    // The request holds the secret: it is kept for no one.
    gcTime: 0,
    onSuccess: ({ id, name }) => {
      notifications.show({ message: words.created(name), color: 'green' })
      navigate(`/system/identity-providers/${id}`)
    },
  })
  const wrong = failureOf(create.error).fields
  const change = (values: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...values }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = bodyOf(draft)
        create.mutate({ params: { header: keyOf(body) }, body })
      }}
    >
      <Stack gap="lg">
        <Fields
          draft={draft}
          change={change}
          wrong={wrong}
          secret={<NewSecret draft={draft} change={change} wrong={wrong} />}
        />
        <FormFailure error={create.error} fields={draftFields} />
        <Group justify="flex-end">
          <Button component={Link} to="/system/identity-providers" variant="default">
            {common.cancel}
          </Button>
          <AllowedButton type="submit" allowed={allowed} loading={create.isPending}>
            {words.create}
          </AllowedButton>
        </Group>
      </Stack>
    </form>
  )
}
