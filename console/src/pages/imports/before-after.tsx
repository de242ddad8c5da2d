import { Table } from '@mantine/core'
import type { Metrics } from '../../imports/types.ts'
import { importDetailTexts, importActionTexts as words } from '../../texts/imports.ts'

const number = (count: number) => count.toLocaleString('en')

/** How many accounts there are now, how many there would be, and what makes the difference. */
export function BeforeAfter({ metrics }: { metrics: Metrics }) {
  const { accounts, new_accounts, removed_accounts } = metrics
  const changes = [
    [words.newAccounts, `+${number(new_accounts)}`],
    [words.removedAccounts, `−${number(removed_accounts)}`],
    [words.newPrivileges, `+${number(metrics.new_privileges)}`],
    [words.removedPrivileges, `−${number(metrics.removed_privileges)}`],
    [words.unmatched, number(metrics.unmatched)],
    [words.change, importDetailTexts.percentOf(metrics.change_percent)],
  ] as const
  return (
    <Table withTableBorder aria-label={words.accounts}>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th scope="row">{words.accounts}</Table.Th>
          <Table.Td ta="right" fw={650}>
            {words.fromTo(accounts - new_accounts + removed_accounts, accounts)}
          </Table.Td>
        </Table.Tr>
        {changes.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td ta="right">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
