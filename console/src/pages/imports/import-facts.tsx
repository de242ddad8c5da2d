import { Anchor, DataList, Stack, Title } from '@mantine/core'
import { Link } from 'react-router'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { Time } from '../../components/time.tsx'
import { ImportStatus } from '../../imports/import-status.tsx'
import type { Import } from '../../imports/types.ts'
import { importTexts, importDetailTexts as words } from '../../texts/imports.ts'

/** Of what, by whom, and when. */
export function Facts({ shown }: { shown: Import }) {
  const { status, type, created_by, created_at, build_start, build_end, id } = shown
  return (
    <Stack gap="sm" component="section" aria-label={words.facts}>
      <Title order={2} size="h4">
        {words.facts}
      </Title>
      <DataList labelWidth="8rem">
        <Fact label={importTexts.status}>
          <ImportStatus status={status} />
        </Fact>
        <Fact label={importTexts.application}>
          <Application shown={shown} />
        </Fact>
        <Fact label={importTexts.type}>{importTexts.types[type]}</Fact>
        <Fact label={importTexts.by}>
          <bdi>{created_by}</bdi>
        </Fact>
        <Fact label={importTexts.begun}>
          <Time at={created_at} />
        </Fact>
        <Fact label={importTexts.ended}>
          <Time at={build_end} never={words.notEnded} />
        </Fact>
        {build_start !== null && build_end !== null && (
          <Fact label={words.took}>{durationBetween(build_start, build_end)}</Fact>
        )}
        <Fact label={words.id}>
          <IdText id={id} />
        </Fact>
      </DataList>
    </Stack>
  )
}

function Application({ shown: { application } }: { shown: Import }) {
  const mayRead = holdsAnywhere(useMe(), 'applications.read')
  if (!mayRead) return <bdi>{application.name}</bdi>
  return (
    <Anchor component={Link} to={`/applications/${application.id}`} size="sm" fw={600}>
      <bdi>{application.name}</bdi>
    </Anchor>
  )
}

const inUnit = (value: number, unit: string) =>
  value.toLocaleString('en', { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 })

function durationBetween(start: string, end: string): string {
  const seconds = (Date.parse(end) - Date.parse(start)) / 1000
  return seconds < 120 ? inUnit(seconds, 'second') : inUnit(seconds / 60, 'minute')
}
