import { Group, Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { ScopeEntries } from '../../components/scope-entry.tsx'
import { Time } from '../../components/time.tsx'
import { auditTexts as texts } from '../../texts/audit.ts'
import { type AuditEvent, targetOf } from './event.ts'
import { EventDetails } from './event-details.tsx'
import classes from './event-row.module.css'
import type { EventFilters } from './use-event-filters.ts'

const tenantsShown = 2

type Props = {
  event: AuditEvent
  filters: EventFilters
  /** The only one is open until it is closed by hand. */
  isAlone: boolean
}

export function EventRow({ event, filters, isAlone }: Props) {
  const [isOpenByHand, setOpen] = useState<boolean | null>(null)
  const isOpen = isOpenByHand ?? isAlone
  const id = useId()
  const { action, actor_name, at, tenant_ids, target_type } = event
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  return (
    <>
      <Table.Tr role="row" data-open={isOpen || undefined} className={classes['row'] ?? ''}>
        <Table.Td role="cell" data-title={texts.action}>
          <UnstyledButton
            className={classes['toggle'] ?? ''}
            aria-expanded={isOpen}
            {...(isOpen && { 'aria-controls': id })}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon size={16} aria-hidden />
            {action}
          </UnstyledButton>
        </Table.Td>
        <Table.Td role="cell" data-title={texts.actor}>
          <Text size="sm" lineClamp={2}>
            <bdi>{actor_name}</bdi>
          </Text>
        </Table.Td>
        <Table.Td role="cell" data-title={texts.target}>
          <Text size="sm" lineClamp={2}>
            {target_type.replaceAll('_', ' ')} <bdi>{targetOf(event)}</bdi>
          </Text>
        </Table.Td>
        <Table.Td role="cell" data-title={texts.tenants}>
          <Tenants ids={tenant_ids} />
        </Table.Td>
        <Table.Td role="cell" data-title={texts.when} className={classes['when'] ?? ''}>
          <Time at={at} size="sm" />
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr role="row" id={id}>
          <Table.Td role="cell" colSpan={5} className={classes['details'] ?? ''}>
            <EventDetails event={event} filters={filters} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

function Tenants({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.noTenant}
      </Text>
    )
  }
  return (
    <Group gap={6}>
      <ScopeEntries entries={ids.slice(0, tenantsShown)} />
      {ids.length > tenantsShown && (
        <Text size="sm" c="dimmed">
          {texts.more(ids.length - tenantsShown)}
        </Text>
      )}
    </Group>
  )
}
