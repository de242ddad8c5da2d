import { Button, Group, Paper, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from 'react-router'
import { useMe } from '../../access/me.ts'
import { useWordsWhere } from '../../access/words-where.ts'
import { failureOf } from '../../api/errors.ts'
import { FormFailure } from '../../components/form-failure.tsx'
import { PeoplePicker, type PersonChoice } from '../../components/people-picker.tsx'
import { type Choice, TenantsPicker } from '../../components/tenant-picker.tsx'
import type { operations } from '../../generated/api.d.ts'
import { texts } from '../../texts/common.ts'
import { newAccountTexts as words } from '../../texts/service-accounts.ts'

type NewAccount = operations['createServiceAccount']['requestBody']['content']['application/json']
type Props = { isBusy: boolean; error: unknown; onSubmit: (account: NewAccount) => void }
type Values = { name: string; description: string; tenants: Choice[]; people: PersonChoice[] }

const fields = ['name', 'description', 'tenants', 'accountable_user_ids']

export function NewAccountForm({ isBusy, error, onSubmit }: Props) {
  const me = useMe()
  const everyTenant = useWordsWhere('service_accounts.write')
  const form = useForm<Values>({
    initialValues: {
      name: '',
      description: '',
      tenants: [],
      people: [{ value: me.id, label: me.name, email: me.email }],
    },
  })
  const wrong = failureOf(error).fields
  return (
    <Paper withBorder p="lg" maw={640}>
      <form onSubmit={form.onSubmit((values) => onSubmit(newAccountOf(values)))}>
        <Stack>
          <FormFailure error={error} fields={fields} />
          <TextInput
            label={words.name}
            description={words.nameAbout}
            required
            withAsterisk={false}
            autoComplete="off"
            {...form.getInputProps('name')}
            error={wrong['name']}
          />
          <Textarea
            label={words.description}
            autosize
            maxRows={6}
            {...form.getInputProps('description')}
            error={wrong['description']}
          />
          <TenantsPicker
            label={words.tenants}
            description={words.tenantsAbout}
            extra={everyTenant}
            chosen={form.values.tenants}
            onChoose={(tenants) => form.setFieldValue('tenants', tenants)}
            error={wrong['tenants']}
          />
          <PeoplePicker
            label={words.people}
            description={words.peopleAbout}
            chosen={form.values.people}
            onChoose={(people) => form.setFieldValue('people', people)}
            error={wrong['accountable_user_ids']}
          />
          <Group justify="flex-end">
            <Button component={Link} to="/service-accounts" variant="default">
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

function newAccountOf({ name, description, tenants, people }: Values): NewAccount {
  return {
    name: name.trim(),
    ...(description.trim() && { description }),
    tenants: tenants.map(({ value }) => value),
    accountable_user_ids: people.map(({ value }) => value),
  }
}
