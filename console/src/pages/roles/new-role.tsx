import { Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FailureAlert } from '../../components/failure.tsx'
import { Page } from '../../components/page.tsx'
import { withoutCovered } from '../../components/permission-choice.ts'
import { texts as common } from '../../texts/common.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import { RoleFields, type RoleValues } from './role-fields.tsx'

export function Component() {
  const [values, setValues] = useState<RoleValues>({ name: '', description: '', permissions: [] })
  const keyOf = useSubmitKey()
  const create = api.useMutation('post', '/api/v1/roles')
  const allowed = useAllowed('roles.write')
  const navigate = useNavigate()
  const { fields } = failureOf(create.error)
  function submit() {
    const { name, description, permissions } = values
    const body = {
      name: name.trim(),
      description: description.trim(),
      permissions: withoutCovered(permissions),
    }
    create.mutate(
      { params: { header: keyOf(body) }, body },
      {
        onSuccess: (role) => {
          notifications.show({ message: texts.createdNow(role.name), color: 'green' })
          navigate(`/roles/${role.id}`)
        },
      },
    )
  }
  return (
    <Page title={texts.add} about={texts.newAbout} above={[{ to: '/roles', label: texts.title }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (allowed.isAllowed) submit()
        }}
        noValidate
      >
        <Stack>
          <RoleFields values={values} setValues={setValues} faults={fields} />
          {create.error !== null && <FailureAlert error={create.error} />}
          <Group>
            <AllowedButton type="submit" allowed={allowed} loading={create.isPending}>
              {texts.create}
            </AllowedButton>
            <Button component={Link} to="/roles" variant="default">
              {common.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  )
}
