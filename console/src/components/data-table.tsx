import { Group, Paper, ScrollArea, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { texts } from '../texts/common.ts'
import classes from './data-table.module.css'
import { Pager } from './pager.tsx'
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

/**
 * One page of a list, sorted and searched by the server. On a narrow screen each row becomes a card; what is
 * laid out as no table is one by its roles only, so they are said.
 */
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
            role="table"
            aria-label={label}
            verticalSpacing="sm"
            horizontalSpacing="md"
            highlightOnHover
          >
            <Table.Thead role="rowgroup">
              <Table.Tr role="row">
                {columns.map((column) => (
                  <HeaderCell key={column.title} column={column} params={params} />
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody role="rowgroup">
              {rows.map((row) => (
                <Table.Tr key={keyOf(row)} role="row">
                  {columns.map(({ title, cell }) => (
                    <Table.Td key={title} role="cell" data-title={title}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      </Paper>
      <Pages total={total} params={params} label={label} isEmpty={rows.length === 0} />
    </Stack>
  )
}

type PagesProps = { total: number; params: ListParams; label: string; isEmpty: boolean }

function Pages({ params, ...props }: PagesProps) {
  const { page, limit, turnTo, set } = params
  const { total } = props
  const from = Math.min(total, (page - 1) * limit + 1)
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {texts.pages(from, Math.min(total, page * limit), total)}
      </Text>
      <Pager
        {...props}
        page={page}
        limit={limit}
        turnTo={turnTo}
        fallBackTo={(last) => set({ page: String(last) })}
      />
    </Group>
  )
}

/** `-name` sorts from the end. A second click turns it round. */
function HeaderCell<Row>({ column, params }: { column: Column<Row>; params: ListParams }) {
  const { title, sort } = column
  const roles = { role: 'columnheader', scope: 'col' } as const
  if (!sort) return <Table.Th {...roles}>{title}</Table.Th>
  const isUp = params.sort === sort
  const isDown = params.sort === `-${sort}`
  const Icon = isUp ? IconArrowUp : isDown ? IconArrowDown : IconArrowsSort
  return (
    <Table.Th {...roles} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
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
