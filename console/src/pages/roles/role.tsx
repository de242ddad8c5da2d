import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import { DeleteRole } from './delete-role.tsx'
import { RoleHolders } from './role-holders.tsx'
import { RolePermissions } from './role-permissions.tsx'

type Role = components['schemas']['Role']

export function Component() {
  const { id = '' } = useParams()
  const role = api.useQuery('get', '/api/v1/roles/{id}', { params: { path: { id } } })
  return <Loaded query={role}>{(found) => <RolePage role={found} />}</Loaded>
}

function RolePage({ role }: { role: Role }) {
  const me = useMe()
  return (
    <Page
      title={role.name}
      about={<bdi>{role.description || texts.noDescription}</bdi>}
      above={[{ to: '/roles', label: texts.title }]}
      actions={<Actions role={role} />}
    >
      <Group gap="sm">
        <Badge variant={role.built_in ? 'default' : 'light'} tt="none" fw={500} miw="max-content">
          {role.built_in ? texts.builtIn : texts.own}
        </Badge>
        <Text size="sm" c="dimmed">
          {texts.created} <Time at={role.created_at} />
        </Text>
      </Group>
      {role.built_in && (
        <Alert color="gray" icon={<IconLock aria-hidden />}>
          {texts.builtInAbout}
        </Alert>
      )}
      <Section title={texts.permissions}>
        <RolePermissions permissions={role.permissions} />
      </Section>
      {holdsAnywhere(me, 'users.read') && (
        <Section title={texts.holders}>
          <RoleHolders role_id={role.id} />
        </Section>
      )}
    </Page>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Paper withBorder p="md">
        {children}
      </Paper>
    </Stack>
  )
}

function Actions({ role }: { role: Role }) {
  const allowed = useAllowed('roles.write')
  const navigate = useNavigate()
  const [isDeleting, setDeleting] = useState(false)
  const here = role.built_in ? { isAllowed: false, reason: texts.builtInReason } : allowed
  return (
    <>
      <AllowedButton
        allowed={here}
        variant="default"
        onClick={() => navigate(`/roles/${role.id}/edit`)}
      >
        {texts.edit}
      </AllowedButton>
      <AllowedButton allowed={here} variant="default" onClick={() => setDeleting(true)}>
        {texts.delete}
      </AllowedButton>
      <DeleteRole role={role} opened={isDeleting} onClose={() => setDeleting(false)} />
    </>
  )
}
