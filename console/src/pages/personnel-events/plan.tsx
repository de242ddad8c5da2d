import { Badge, Group, Stack, Text, Title } from '@mantine/core'
import { useTenantName } from '../../access/tenant-names.ts'
import { nameIn, type PersonnelEvent } from '../../personnel-events/types.ts'
import { eventDetailTexts as words } from '../../texts/personnel-events.ts'

const { effects } = words

/** What an event does, in words, before and after it is done. */
export function Plan({ event }: { event: PersonnelEvent }) {
  const tenant = useTenantName(event.tenant_id)
  return (
    <Stack gap="xs" component="section" aria-label={words.plan}>
      <Title order={2} size="h4">
        {words.plan}
      </Title>
      <Effects event={event} name={nameIn(event)} tenant={tenant} />
    </Stack>
  )
}

type Props = { event: PersonnelEvent; name: string; tenant: string }

function Effects({ event, name, tenant }: Props) {
  switch (event.type) {
    case 'onboard':
      return (
        <>
          <Text>{effects.onboard(name, tenant)}</Text>
          {event.user && <Text>{effects.invite(tenant)}</Text>}
          {event.user && <Roles event={event} ids={event.user.role_ids} />}
        </>
      )
    case 'offboard':
      return <Text>{effects.offboard(name, tenant)}</Text>
    case 'role_transition':
      return (
        <>
          <Text>{effects.transition(name, tenant)}</Text>
          <Roles event={event} ids={event.add_role_ids} label={effects.adds} />
          <Roles event={event} ids={event.remove_role_ids} label={effects.removes} />
          {event.end_date !== null && <Text>{effects.transitionBack}</Text>}
        </>
      )
    case 'leave_of_absence':
      return (
        <>
          <Text>{effects.leave(name, tenant)}</Text>
          <Text>{event.end_date === null ? effects.leaveOpen : effects.leaveBack}</Text>
        </>
      )
  }
}

type RolesProps = { event: PersonnelEvent; ids: readonly string[]; label?: string }

/** By name; a role that is gone meanwhile by its id. */
function Roles({ event: { roles }, ids, label }: RolesProps) {
  if (ids.length === 0) return null
  return (
    <Group gap="xs">
      {label && (
        <Text size="sm" fw={600}>
          {label}
        </Text>
      )}
      {ids.map((id) => (
        <Badge key={id} variant="default" tt="none" fw={500}>
          <bdi>{roles.find((role) => role.id === id)?.name ?? id}</bdi>
        </Badge>
      ))}
    </Group>
  )
}
