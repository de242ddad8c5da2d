import { Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { FailureAlert } from '../../components/failure.tsx'
import { texts as common } from '../../texts/common.ts'
import { permissionTexts as texts } from '../../texts/permissions.ts'
import type { Scope } from './list-query.ts'

type Values = { name: string; scope: Scope; description: string }

export function RegisterPermission({ onClose }: { onClose: () => void }) {
  const keyOf = useSubmitKey()
  const register = api.useMutation('post', '/api/v1/permissions')
  const form = useForm<Values>({ initialValues: { name: '', scope: 'tenant', description: '' } })
  const { fields } = failureOf(register.error)
  const areBesideFields = 'name' in fields || 'description' in fields
  function submit({ name, scope, description }: Values) {
    const body = { name: name.trim(), scope, description: description.trim() }
    register.mutate(
      { params: { header: keyOf(body) }, body },
      {
        onSuccess: (permission) => {
          notifications.show({ message: texts.registered(permission.name), color: 'green' })
          onClose()
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={texts.registerTitle}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          <Text size="sm">{texts.registerAbout}</Text>
          {register.error !== null && !areBesideFields && <FailureAlert error={register.error} />}
          <TextInput
            label={texts.nameLabel}
            description={texts.nameAbout}
            placeholder={texts.nameExample}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('name')}
            error={fields['name']}
          />
          <Radio.Group label={texts.scope} {...form.getInputProps('scope')}>
            <Stack gap="xs" mt={4}>
              {(['tenant', 'platform'] as const).map((scope) => (
                <Radio
                  key={scope}
                  value={scope}
                  label={texts.scopes[scope]}
                  description={texts.scopesAbout[scope]}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={texts.descriptionLabel}
            description={texts.descriptionAbout}
            placeholder={texts.descriptionExample}
            autosize
            minRows={2}
            {...form.getInputProps('description')}
            error={fields['description']}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={register.isPending}>
              {texts.register}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
