import { Button, EmptyState } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import type { ListParams } from '../../components/use-list-params.ts'
import { accountsTexts } from '../../texts/service-accounts.ts'
import { filterNames } from './account-filters.tsx'

export function NoAccounts({ params }: { params: ListParams }) {
  const isFiltered = filterNames.some((name) => params.get(name))
  if (params.search === '' && !isFiltered) {
    return (
      <EmptyState
        icon={<IconRobot aria-hidden />}
        title={accountsTexts.empty}
        description={accountsTexts.emptyAbout}
      />
    )
  }
  const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]))
  return (
    <EmptyState icon={<IconRobot aria-hidden />} title={accountsTexts.nothingMatches}>
      {isFiltered && (
        <Button variant="default" onClick={() => params.set(cleared)}>
          {accountsTexts.clear}
        </Button>
      )}
    </EmptyState>
  )
}
