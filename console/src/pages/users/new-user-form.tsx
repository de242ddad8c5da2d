import { Button, Group, Paper, PasswordInput, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from 'react-router'
import { useWordsWhere } from '../../access/words-where.ts'
import { failureOf } from '../../api/errors.ts'
import { FormFailure } from '../../components/form-failure.tsx'
import { type Choice, TenantsPicker } from '../../components/tenant-picker.tsx'
import type { operations } from '../../generated/api.d.ts'
import { texts } from '../../texts/common.ts'
import { inviteTexts, userTexts } from '../../texts/users.ts'

export type NewUser = operations['createUser']['requestBody']['content']['application/json']

type Props = { isBusy: boolean; error: unknown; onSubmit: (user: NewUser) => void }
type Values = { email: string; name: string; tenants: Choice[]; how: string; password: string }

const initialValues: Values = { email: '', name: '', tenants: [], how: 'link', password: '' }

export function NewUserForm({ isBusy, error, onSubmit }: Props) {
  const words = useWordsWhere('users.create')
  const form = useForm<Values>({ initialValues })
  const { fields } = error === null ? { fields: {} as Record<string, string> } : failureOf(error)
  const hasPassword = form.values.how === 'password'
  return (
    <Paper withBorder p="lg" maw={640}>
      <form onSubmit={form.onSubmit((values) => onSubmit(newUserOf(values)))}>
        <Stack>
          <FormFailure error={error} fields={Object.keys(initialValues)} />
          <TextInput
            label={userTexts.name}
            required
            autoComplete="off"
            {...form.getInputProps('name')}
            error={fields['name']}
          />
          <TextInput
            label={userTexts.email}
            type="email"
            required
            autoComplete="off"
            {...form.getInputProps('email')}
            error={fields['email']}
          />
          <TenantsPicker
            label={userTexts.tenants}
            description={inviteTexts.tenantsAbout}
            extra={words}
            chosen={form.values.tenants}
            onChoose={(tenants) => form.setFieldValue('tenants', tenants)}
            error={fields['tenants']}
          />
          <Radio.Group label={inviteTexts.how} {...form.getInputProps('how')}>
            <Stack gap="xs" mt={6}>
              <Radio
                value="link"
                label={inviteTexts.byLink}
                description={inviteTexts.byLinkAbout}
              />
              <Radio
                value="password"
                label={inviteTexts.byPassword}
                description={inviteTexts.byPasswordAbout}
              />
            </Stack>
          </Radio.Group>
          {hasPassword && (
            <PasswordInput
              label={inviteTexts.password}
              required
              autoComplete="new-password"
              {...form.getInputProps('password')}
              error={fields['password']}
            />
          )}
          <Group justify="flex-end">
            <Button component={Link} to="/users" variant="default">
              {texts.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {hasPassword ? inviteTexts.submitPassword : inviteTexts.submitLink}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

function newUserOf({ email, name, tenants, how, password }: Values): NewUser {
  return {
    email: email.trim(),
    name: name.trim(),
    tenants: tenants.map(({ value }) => value),
    ...(how === 'password' && { password }),
  }
}
