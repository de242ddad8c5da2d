import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMe } from '../../access/me.ts'
import { client } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormFailure } from '../../components/form-failure.tsx'
import { type Choice, TenantPicker } from '../../components/tenant-picker.tsx'
import { texts } from '../../texts/common.ts'
import { webhookTexts, webhookFormTexts as words } from '../../texts/webhooks.ts'
import { mayOnPlatform } from '../../webhooks/may.ts'
import { platform, useMayAt } from '../../webhooks/use-may-at.ts'
import { bodyOf, type Draft, draftFields, emptyDraft } from './draft.ts'
import { Fields } from './fields.tsx'

type Props = { onCreated: (created: { id: string; secret?: string }) => void }

export function NewWebhookForm({ onCreated }: Props) {
  const [place, setPlace] = useState<Choice | null>(null)
  const [draft, setDraft] = useState(emptyDraft)
  const may = useMayAt(place?.value ?? null)
  const { create, send } = useCreate(onCreated)
  const missing = missingIn(place, draft)
  const wrong = failureOf(create.error).fields
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (place === null || missing !== null) return
        const tenant_id = place.value === platform ? null : place.value
        send({ tenant_id, ...bodyOf(draft) })
      }}
    >
      <Stack gap="lg">
        <PlacePicker
          chosen={place}
          onChoose={setPlace}
          error={wrong['tenant_id'] ?? (place && may.reason) ?? undefined}
        />
        <Fields draft={draft} setDraft={setDraft} wrong={wrong} />
        <FormFailure error={create.error} fields={['tenant_id', ...draftFields]} />
        <Group justify="flex-end">
          <Button component={Link} to="/webhooks" variant="default">
            {texts.cancel}
          </Button>
          <AllowedButton
            type="submit"
            allowed={missing === null ? may : { isAllowed: false, reason: missing }}
            loading={create.isPending}
          >
            {words.create}
          </AllowedButton>
        </Group>
      </Stack>
    </form>
  )
}

/** What is to be chosen before there is anything to send. */
function missingIn(place: Choice | null, { event_types }: Draft): string | null {
  if (place === null) return words.choosePlace
  return event_types.length === 0 ? words.chooseEvent : null
}

type Body = { tenant_id: string | null } & ReturnType<typeof bodyOf>

function useCreate(onCreated: Props['onCreated']) {
  const keyOf = useSubmitKey()
  const create = useMutation({
    mutationFn: async (body: Body) => {
      const { data, error } = await client.POST('/api/v1/webhooks', {
        params: { header: keyOf(body) },
        body,
      })
      if (error) throw error
      // Handed on, and not answered: what a mutation answers is kept in its cache.
      onCreated(data)
    },
  })
  return { create, send: create.mutate }
}

type PickerProps = {
  chosen: Choice | null
  onChoose: (choice: Choice | null) => void
  error: string | undefined
}

function PlacePicker(props: PickerProps) {
  const extra = mayOnPlatform(useMe()) ? [{ value: platform, label: webhookTexts.platform }] : []
  return (
    <TenantPicker
      label={words.placeLabel}
      description={words.placeAbout}
      extra={extra}
      {...props}
    />
  )
}
