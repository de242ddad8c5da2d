import { Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Column } from '../components/data-table.tsx'
import { Time } from '../components/time.tsx'
import { importTexts as words } from '../texts/imports.ts'
import { ImportStatus } from './import-status.tsx'
import type { ListedImport } from './types.ts'

const number: Column<ListedImport> = {
  title: words.number,
  cell: ({ id, number }) => (
    <Anchor component={Link} to={`/imports/${id}`} size="sm" fw={600}>
      {words.named(number)}
    </Anchor>
  ),
}

const application: Column<ListedImport> = {
  title: words.application,
  cell: ({ application: { name } }) => (
    <Text size="sm" lineClamp={2} title={name}>
      <bdi>{name}</bdi>
    </Text>
  ),
}

const rest: readonly Column<ListedImport>[] = [
  { title: words.status, cell: ({ status }) => <ImportStatus status={status} /> },
  { title: words.type, cell: ({ type }) => <Text size="sm">{words.types[type]}</Text> },
  {
    title: words.by,
    cell: ({ created_by }) => (
      <Text size="sm" lineClamp={2} title={created_by}>
        <bdi>{created_by}</bdi>
      </Text>
    ),
  },
  {
    title: words.begun,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" style={{ whiteSpace: 'nowrap' }} />,
  },
]

/** Of one application, or of all. */
export const importColumns = (isOfOne: boolean): readonly Column<ListedImport>[] =>
  isOfOne ? [number, ...rest] : [number, application, ...rest]
