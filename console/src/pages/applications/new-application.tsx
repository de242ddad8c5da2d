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
import { type Choice, TenantPicker } from '../../components/tenant-picker.tsx'
import { applicationTexts, applicationFormTexts as words } from '../../texts/applications.ts'
import { texts } from '../../texts/common.ts'
import { bodyOf, draftFields, emptyDraft } from './draft.ts'
import { Fields } from './fields.tsx'

export function Component() {
  return (
    <Page
      title={words.title}
      about={words.about}
      above={[{ to: '/applications', label: applicationTexts.list }]}
    >
      <Paper withBorder p="lg" maw={720}>
        <NewApplication />
      </Paper>
    </Page>
  )
}

function NewApplication() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [tenant, setTenant] = useState<Choice | null>(null)
  const [draft, setDraft] = useState(() => emptyDraft(words.groupHint))
  const mayWrite = useAllowed('applications.write', tenant?.value ?? null, tenant !== null)
  const create = api.useMutation('post', '/api/v1/applications', {
    onSuccess: ({ id, name }) => {
      notifications.show({ message: words.created(name) })
      navigate(`/applications/${id}`)
    },
  })
  const wrong = failureOf(create.error).fields
  const noTenant = { isAllowed: false, reason: words.chooseTenant }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (tenant === null) return
        const body = { tenant_id: tenant.value, ...bodyOf(draft) }
        create.mutate({ params: { header: keyOf(body) }, body })
      }}
    >
      <Stack gap="lg">
        <TenantPicker
          label={applicationTexts.tenant}
          description={words.tenantAbout}
          chosen={tenant}
          onChoose={setTenant}
          error={wrong['tenant_id'] ?? mayWrite.reason ?? undefined}
        />
        <Fields
          draft={draft}
          change={(values) => setDraft((before) => ({ ...before, ...values }))}
          wrong={wrong}
        />
        <FormFailure error={create.error} fields={['tenant_id', ...draftFields]} />
        <Group justify="flex-end">
          <Button component={Link} to="/applications" variant="default">
            {texts.cancel}
          </Button>
          <AllowedButton
            type="submit"
            allowed={tenant === null ? noTenant : mayWrite}
            loading={create.isPending}
          >
            {words.create}
          </AllowedButton>
        </Group>
      </Stack>
    </form>
  )
}
