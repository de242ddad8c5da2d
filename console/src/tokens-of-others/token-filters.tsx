import { Group, Switch } from '@mantine/core'
import { SearchField } from '../components/search-field.tsx'
import type { ListParams } from '../components/use-list-params.ts'
import { othersTokens } from '../texts/tokens-of-others.ts'

export function TokenFilters({ params, label }: { params: ListParams; label: string }) {
  return (
    <Group>
      <SearchField params={params} label={label} />
      <Switch
        label={othersTokens.showEnded}
        checked={params.get('ended') !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          params.set({ ended: checked ? 'yes' : undefined })
        }
      />
    </Group>
  )
}
