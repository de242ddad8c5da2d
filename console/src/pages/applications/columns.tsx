import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Column } from '../../components/data-table.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Time } from '../../components/time.tsx'
import { applicationTexts as words } from '../../texts/applications.ts'
import { ScheduleInWords } from './schedule-in-words.tsx'
import type { Application } from './types.ts'

export const columns: readonly Column<Application>[] = [
  {
    title: words.name,
    sort: 'name',
    cell: ({ id, name, is_archived }) => (
      <Group gap="xs">
        <Anchor
          component={Link}
          to={`/applications/${id}`}
          size="sm"
          fw={600}
          lineClamp={2}
          title={name}
        >
          <bdi>{name}</bdi>
        </Anchor>
        {is_archived && <StateBadge tone="stopped">{words.archived}</StateBadge>}
      </Group>
    ),
  },
  {
    title: words.tenant,
    cell: ({ tenant_id }) => (
      <Text size="sm">
        <ScopeEntry entry={tenant_id} />
      </Text>
    ),
  },
  { title: words.priority, cell: ({ priority }) => <Priority priority={priority} /> },
  {
    title: words.schedule,
    cell: ({ import_schedule }) => (
      <Text size="sm">
        {import_schedule ? <ScheduleInWords cron={import_schedule.cron} /> : words.noSchedule}
      </Text>
    ),
  },
  {
    title: words.updated,
    cell: ({ last_updated }) => (
      <Time at={last_updated} size="sm" style={{ whiteSpace: 'nowrap' }} />
    ),
  },
]

export function Priority({ priority }: { priority: Application['priority'] }) {
  return (
    <Badge variant="default" tt="none" fw={500} miw="max-content">
      {words.priorities[priority]}
    </Badge>
  )
}
