import { Button, EmptyState, Group, SegmentedControl } from '@mantine/core'
import { IconApps } from '@tabler/icons-react'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { TenantFilter } from '../../components/tenant-filter.tsx'
import type { ListParams } from '../../components/use-list-params.ts'
import { applicationTexts as words } from '../../texts/applications.ts'

const shown = [
  { value: 'current', label: words.current },
  { value: 'archived', label: words.archived },
  { value: 'all', label: words.all },
]

/** `?show=`: those that are in use, unless the address says otherwise. */
export const shownOf = ({ get }: ListParams): string => get('show') ?? 'current'

export function ApplicationFilters({ params }: { params: ListParams }) {
  return (
    <Group align="flex-end" gap="sm">
      <SearchField params={params} label={words.search} />
      <TenantFilter params={params} />
      <ChoiceFilter
        params={params}
        name="priority"
        label={words.priority}
        any={words.anyPriority}
        names={words.priorities}
      />
      <SegmentedControl
        aria-label={words.state}
        data={shown}
        value={shownOf(params)}
        onChange={(next) => params.set({ show: next === 'current' ? undefined : next })}
      />
    </Group>
  )
}

export function NoApplications({ params }: { params: ListParams }) {
  const isFiltered = ['tenant', 'priority', 'show'].some((name) => params.get(name))
  if (!isFiltered && params.search === '') {
    return (
      <EmptyState
        icon={<IconApps aria-hidden />}
        title={words.empty}
        description={words.emptyAbout}
      />
    )
  }
  return (
    <EmptyState icon={<IconApps aria-hidden />} title={words.nothingMatches}>
      {isFiltered && (
        <Button
          variant="default"
          onClick={() => params.set({ tenant: undefined, priority: undefined, show: undefined })}
        >
          {words.clear}
        </Button>
      )}
    </EmptyState>
  )
}
