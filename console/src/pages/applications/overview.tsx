import { DataList, List, Text } from '@mantine/core'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { Time } from '../../components/time.tsx'
import { WhereAllowed } from '../../components/where-allowed.tsx'
import { applicationTexts, applicationDetailTexts as words } from '../../texts/applications.ts'
import { Priority } from './columns.tsx'
import { LastImport } from './last-import.tsx'
import { ScheduleInWords } from './schedule-in-words.tsx'
import type { Application } from './types.ts'

/** What it is, and how its accounts get here. */
export function Overview({ application }: { application: Application }) {
  const { id, tenant_id, priority, import_schedule, last_updated } = application
  const { change_threshold_percent: threshold } = application
  const mayReadImports = holdsAnywhere(useMe(), 'imports.read')
  return (
    <DataList labelWidth="10rem">
      {mayReadImports && (
        <Fact label={words.lastImport}>
          <WhereAllowed permission="imports.read" tenant_id={tenant_id}>
            <LastImport application_id={id} />
          </WhereAllowed>
        </Fact>
      )}
      <Fact label={applicationTexts.tenant}>
        <ScopeEntry entry={tenant_id} />
      </Fact>
      <Fact label={applicationTexts.priority}>
        <Priority priority={priority} />
      </Fact>
      <Fact label={words.groups}>
        <Groups application={application} />
      </Fact>
      <Fact label={applicationTexts.schedule}>
        {import_schedule ? (
          <ScheduleInWords cron={import_schedule.cron} />
        ) : (
          applicationTexts.noSchedule
        )}
      </Fact>
      {import_schedule && <Fact label={words.source}>{import_schedule.source_url}</Fact>}
      <Fact label={words.threshold}>
        {threshold === null ? words.thresholdNone : words.thresholdOf(threshold)}
      </Fact>
      <Fact label={applicationTexts.updated}>
        <Time at={last_updated} />
      </Fact>
      <Fact label={words.id}>
        <IdText id={id} />
      </Fact>
    </DataList>
  )
}

function Groups({ application: { file_groups } }: { application: Application }) {
  if (file_groups.length === 0) return words.noGroup
  return (
    <List size="sm" listStyleType="none">
      {file_groups.map(({ id, name, required }) => (
        <List.Item key={id}>
          <bdi>{name}</bdi>
          {!required && (
            <Text span inherit c="dimmed">
              {' '}
              ({words.optional})
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  )
}
