import { Badge, Box, Code, EmptyState, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconShieldOff } from '@tabler/icons-react'
import type { Me } from '../access/me.ts'
import { useTenantName } from '../access/tenant-names.ts'
import { api } from '../api/client.ts'
import { Loaded } from '../components/loaded.tsx'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { TenantPicker } from '../components/tenant-picker.tsx'
import { type ListParams, useListParams } from '../components/use-list-params.ts'
import { effectiveTexts } from '../texts/users.ts'
import classes from './effective-permissions.module.css'

type Place = Me['authority'][number]

/** What a person may do now, by place; or, looked into by name, in one tenant. */
export function EffectivePermissions({ user_id }: { user_id: string }) {
  const params = useListParams()
  const tenant_id = params.get('in')
  const held = api.useQuery('get', '/api/v1/users/{id}/effective-permissions', {
    params: { path: { id: user_id }, query: tenant_id ? { tenant_id } : {} },
  })
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw={720}>
        {effectiveTexts.about}
      </Text>
      <Box maw={320}>
        <LookInto params={params} />
      </Box>
      <Loaded query={held}>
        {({ authority }) => <Places authority={authority} isOne={tenant_id !== undefined} />}
      </Loaded>
    </Stack>
  )
}

function LookInto({ params }: { params: ListParams }) {
  const id = params.get('in') ?? null
  const name = useTenantName(id)
  return (
    <TenantPicker
      label={effectiveTexts.lookInto}
      chosen={id === null ? null : { value: id, label: name }}
      onChoose={(choice) => params.set({ in: choice?.value })}
      clearable
    />
  )
}

function Places({ authority, isOne }: { authority: readonly Place[]; isOne: boolean }) {
  const places = authority.filter(({ permissions }) => permissions.length > 0)
  if (places.length > 0) {
    return places.map((place) => <PlaceCard key={place.tenant_id ?? ''} place={place} />)
  }
  return (
    <Paper withBorder p="xl">
      <EmptyState
        icon={<IconShieldOff aria-hidden />}
        title={isOne ? effectiveTexts.nothingThere : effectiveTexts.nothing}
        description={effectiveTexts.nothingAbout}
      />
    </Paper>
  )
}

function PlaceCard({ place: { tenant_id, permissions } }: { place: Place }) {
  return (
    <Paper withBorder p="md" component="section">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5">
          <ScopeEntry entry={tenant_id} />
        </Title>
        <Badge variant="default" tt="none" fw={500}>
          {effectiveTexts.count(permissions.length)}
        </Badge>
      </Group>
      <dl className={classes['resources']}>
        {byResource(permissions).map(([resource, names]) => (
          <div key={resource}>
            <dt>{resource}</dt>
            <dd>
              {names.map((name) => (
                <Code key={name}>{name}</Code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Paper>
  )
}

/** `resource.action`, by resource. */
function byResource(permissions: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const permission of permissions) {
    const resource = permission.slice(0, permission.lastIndexOf('.'))
    groups.set(resource, [...(groups.get(resource) ?? []), permission])
  }
  return [...groups]
}
