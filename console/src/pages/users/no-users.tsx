import { Button, EmptyState } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { ListParams } from '../../components/use-list-params.ts'
import { userTexts } from '../../texts/users.ts'
import { filterNames, isFiltered } from './user-filters.tsx'

export function NoUsers({ params }: { params: ListParams }) {
  const isNarrowed = params.search !== '' || isFiltered(params)
  if (!isNarrowed) {
    return (
      <EmptyState
        icon={<IconUsers aria-hidden />}
        title={userTexts.empty}
        description={userTexts.emptyAbout}
      />
    )
  }
  const cleared = Object.fromEntries([...filterNames].map((name) => [name, undefined]))
  return (
    <EmptyState icon={<IconUsers aria-hidden />} title={userTexts.nothingMatches}>
      {isFiltered(params) && (
        <Button variant="default" onClick={() => params.set(cleared)}>
          {userTexts.clear}
        </Button>
      )}
    </EmptyState>
  )
}
