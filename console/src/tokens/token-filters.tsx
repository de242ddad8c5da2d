import { Group, Switch } from '@mantine/core'
import { SearchField } from '../components/search-field.tsx'
import type { ListParams } from '../components/use-list-params.ts'
import { tokenTexts } from '../texts/tokens.ts'

type Props = { params: ListParams; label?: string }

/** Search, and those that have ended. */
export function TokenFilters({ params, label = tokenTexts.search }: Props) {
  return (
    <Group justify="space-between">
      <SearchField params={params} label={label} />
      <Switch
        label={tokenTexts.showEnded}
        checked={params.get('ended') !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          params.set({ ended: checked ? '1' : undefined, show: undefined })
        }
      />
    </Group>
  )
}
