import { EmptyState, Group, Switch } from '@mantine/core'
import { IconPlus, IconServerCog } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { navigation } from '../../texts/navigation.ts'
import { systemTexts } from '../../texts/system-tokens.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { DeleteToken } from '../../tokens/delete-token.tsx'
import { tokenQuery } from '../../tokens/token-list.tsx'
import type { Token } from '../../tokens/types.ts'
import { deleteSystemToken } from './delete-system-token.ts'
import { systemTokenColumns } from './system-token-columns.tsx'

export function Component() {
  const params = useListParams()
  const allowed = useAllowed('system_tokens.manage')
  const [leaving, setLeaving] = useState<Token | null>(null)
  const tokens = api.useQuery(
    'get',
    '/api/v1/system/tokens',
    { params: { query: tokenQuery(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={navigation.systemTokens}
      about={systemTexts.about}
      actions={
        <LinkButton
          to="/system/tokens/new"
          allowed={allowed}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {systemTexts.create}
        </LinkButton>
      }
    >
      <Group justify="space-between">
        <SearchField params={params} label={systemTexts.search} />
        <Switch
          label={tokenTexts.showEnded}
          checked={params.get('ended') !== undefined}
          onChange={({ currentTarget: { checked } }) =>
            params.set({ ended: checked ? '1' : undefined })
          }
        />
      </Group>
      <Loaded query={tokens}>
        {({ data, total }) => (
          <DataTable
            label={navigation.systemTokens}
            columns={systemTokenColumns({ created: params.get('created'), onDelete: setLeaving })}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoTokens isNarrowed={params.search !== ''} />}
          />
        )}
      </Loaded>
      {leaving && (
        <DeleteToken
          token={leaving}
          remove={() => deleteSystemToken(leaving.id)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Page>
  )
}

function NoTokens({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <EmptyState
      icon={<IconServerCog aria-hidden />}
      title={isNarrowed ? systemTexts.nothingMatches : systemTexts.empty}
      {...(!isNarrowed && { description: systemTexts.emptyAbout })}
    />
  )
}
