import { Alert, Button, Group, Paper, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { FormFailure } from '../../components/form-failure.tsx'
import { texts } from '../../texts/common.ts'
import { systemTexts as words } from '../../texts/system-tokens.ts'
import { bodyOf, type Draft, startOf } from '../../tokens/draft.ts'
import { ExpiryField } from '../../tokens/expiry-field.tsx'
import { missingIn } from '../../tokens/missing.ts'
import type { CreatedToken, LifetimePolicy } from '../../tokens/types.ts'

type Props = {
  policy: LifetimePolicy
  onCreated: (token: CreatedToken) => void
  onCancel: () => void
}

const fields = ['name', 'description', 'expires_in_days', 'expires_at']

export function SystemTokenForm({ policy, onCreated, onCancel }: Props) {
  const form = useForm<Draft>({ initialValues: startOf(policy, {}), validate: missing })
  const { error, isBusy, submit } = useSubmit(onCreated)
  const wrong = failureOf(error).fields
  const { name, expiry } = form.errors
  return (
    <Paper withBorder p="lg" maw={720}>
      <form noValidate autoComplete="off" onSubmit={form.onSubmit(submit)}>
        <Stack>
          <Alert
            color="orange"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title={words.warning}
          >
            {words.warningAbout}
          </Alert>
          <FormFailure error={error} fields={fields} />
          <TextInput
            label={words.name}
            description={words.nameHint}
            maxLength={100}
            {...form.getInputProps('name')}
            error={wrong['name'] ?? name}
          />
          <Textarea
            label={words.purpose}
            autosize
            maxRows={6}
            maxLength={500}
            {...form.getInputProps('description')}
            error={wrong['description']}
          />
          <ExpiryField
            value={form.values.expiry}
            onChange={(expiry) => form.setFieldValue('expiry', expiry)}
            policy={policy}
            error={
              wrong['expires_in_days'] ??
              wrong['expires_at'] ??
              (expiry ? String(expiry) : undefined)
            }
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {texts.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

/** A system token has every permission: there is none to be chosen. */
function missing(draft: Draft): Record<string, string> {
  const { permissions: _, ...others } = missingIn(draft)
  return others
}

/** Not a mutation: its cache would keep the secret. */
function useSubmit(onCreated: Props['onCreated']) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const keyOf = useSubmitKey()
  async function submit(draft: Draft) {
    const { permissions: _, tenants: __, ...body } = bodyOf(draft)
    setBusy(true)
    setError(null)
    const answer = client.POST('/api/v1/system/tokens', { params: { header: keyOf(body) }, body })
    await answer.then(
      ({ data, error }) => (data ? onCreated(data) : setError(error)),
      (failure) => setError(failure),
    )
    setBusy(false)
  }
  return { error, isBusy, submit }
}
