import {
  Group,
  Pagination,
  Paper,
  ScrollArea,
  Stack,
  Table,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { texts } from '../texts/common.ts'
import classes from './data-table.module.css'
import type { ListParams } from './use-list-params.ts'

export type Column<Row> = {
  title: string
  cell: (row: Row) => ReactNode
  /** What the list is sorted by for this column; none: it can't be. */
  sort?: string
}

type Props<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Of all that match, not only of this page. */
  total: number
  params: ListParams
  empty?: ReactNode
}

/** One page of a list, sorted and searched by the server. On a narrow screen each row becomes a card. */
export function DataTable<Row>({ label, columns, rows, keyOf, total, params, empty }: Props<Row>) {
  if (total === 0)
    return (
      <Paper withBorder p="xl">
        {empty ?? <Text c="dimmed">{texts.nothingMatches}</Text>}
      </Paper>
    )
  return (
    <Stack gap="sm">
      <Paper withBorder>
        <ScrollArea type="auto" tabIndex={-1}>
          <Table
            className={classes['table'] ?? ''}
            aria-label={label}
            verticalSpacing="sm"
            horizontalSpacing="md"
            highlightOnHover
          >
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <HeaderCell key={column.title} column={column} params={params} />
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={keyOf(row)}>
                  {columns.map(({ title, cell }) => (
                    <Table.Td key={title} data-title={title}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      </Paper>
      <Pages total={total} params={params} label={label} />
    </Stack>
  )
}

function Pages({ total, params, label }: { total: number; params: ListParams; label: string }) {
  const { page, limit, turnTo } = params
  const from = Math.min(total, (page - 1) * limit + 1)
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {texts.pages(from, Math.min(total, page * limit), total)}
      </Text>
      {total > limit && (
        <Pagination
          total={Math.ceil(total / limit)}
          value={page}
          onChange={turnTo}
          size="sm"
          aria-label={label}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(at) => ({ 'aria-label': `Page ${at}` })}
        />
      )}
    </Group>
  )
}

/** `-name` sorts from the end. A second click turns it round. */
function HeaderCell<Row>({ column, params }: { column: Column<Row>; params: ListParams }) {
  const { title, sort } = column
  if (!sort) return <Table.Th scope="col">{title}</Table.Th>
  const isUp = params.sort === sort
  const isDown = params.sort === `-${sort}`
  const Icon = isUp ? IconArrowUp : isDown ? IconArrowDown : IconArrowsSort
  return (
    <Table.Th scope="col" aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <UnstyledButton
        className={classes['sort'] ?? ''}
        onClick={() => params.set({ sort: isUp ? `-${sort}` : sort })}
      >
        {title}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  )
}
