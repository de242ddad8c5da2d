import { Button, Group, Paper, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { Link, useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { FormFailure } from '../../components/form-failure.tsx'
import { Page } from '../../components/page.tsx'
import { texts } from '../../texts/common.ts'
import { tenantTexts, newTenantTexts as words } from '../../texts/tenants.ts'

type Values = { name: string; slug: string; type: 'test' | 'production' }

const initialValues: Values = { name: '', slug: '', type: 'test' }

export function Component() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const create = api.useMutation('post', '/api/v1/tenants', {
    onSuccess: ({ id, name }) => {
      notifications.show({ message: words.created(name) })
      navigate(`/tenants/${id}`)
    },
  })
  return (
    <Page title={words.title} above={[{ to: '/tenants', label: tenantTexts.list }]}>
      <Paper withBorder p="lg" maw={640}>
        <NewTenantForm
          isBusy={create.isPending}
          error={create.error}
          onSubmit={(values) => {
            const body = { ...values, name: values.name.trim(), slug: values.slug.trim() }
            create.mutate({ params: { header: keyOf(body) }, body })
          }}
        />
      </Paper>
    </Page>
  )
}

type Props = { isBusy: boolean; error: unknown; onSubmit: (values: Values) => void }

function NewTenantForm({ isBusy, error, onSubmit }: Props) {
  const form = useForm<Values>({ initialValues })
  const fields = error === null ? {} : failureOf(error).fields
  return (
    <form onSubmit={form.onSubmit(onSubmit)}>
      <Stack>
        <FormFailure error={error} fields={Object.keys(initialValues)} />
        <TextInput
          label={tenantTexts.name}
          description={words.nameAbout}
          required
          autoComplete="off"
          {...form.getInputProps('name')}
          error={fields['name']}
        />
        <TextInput
          label={tenantTexts.slug}
          description={words.slugAbout}
          required
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('slug')}
          error={fields['slug']}
        />
        <Radio.Group
          label={tenantTexts.type}
          description={words.typeAbout}
          error={fields['type']}
          {...form.getInputProps('type')}
        >
          <Group mt="xs">
            <Radio value="test" label={tenantTexts.types.test} />
            <Radio value="production" label={tenantTexts.types.production} />
          </Group>
        </Radio.Group>
        <Group justify="flex-end">
          <Button component={Link} to="/tenants" variant="default">
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
