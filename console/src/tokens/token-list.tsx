import { Button, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { DataTable } from '../components/data-table.tsx'
import type { ListParams } from '../components/use-list-params.ts'
import { tokenTexts } from '../texts/tokens.ts'
import { DeleteToken } from './delete-token.tsx'
import { shownCard, TokenCards } from './token-cards.tsx'
import { tokenColumns } from './token-columns.tsx'
import { TokenFilters } from './token-filters.tsx'
import { isOn } from './token-state.ts'
import type { Token } from './types.ts'

type Props = {
  /** Every live one, for the cards. */
  live: readonly Token[]
  /** What the list shows, as `tokenQuery(params)` asked for it. */
  page: { data: readonly Token[]; total: number }
  params: ListParams
  hrefOf: (token: Token) => string
  /** Sends a deletion; none: this person may not delete them. Throws the envelope of a refusal. */
  remove?: ((token: Token) => Promise<unknown>) | undefined
  /** Where there is no token at all. */
  empty: ReactNode
}

/** Tokens of one owner: cards that count and filter, the list, and those that ended on request. */
export function TokenList({ live, page, params, hrefOf, remove, empty }: Props) {
  const [leaving, setLeaving] = useState<Token | null>(null)
  const card = shownCard(params)
  const rows = card ? page.data.filter((token) => isOn(card, token, Date.now())) : page.data
  const isNothing = live.length === 0 && rows.length === 0 && !params.search
  return (
    <Stack>
      {live.length > 0 && <TokenCards live={live} params={params} />}
      <TokenFilters params={params} />
      <DataTable
        label={tokenTexts.list}
        columns={tokenColumns({
          hrefOf,
          created: params.get('created'),
          onDelete: remove && setLeaving,
        })}
        rows={rows}
        keyOf={({ id }) => id}
        total={card ? rows.length : page.total}
        params={params}
        empty={isNothing ? empty : <NoneOfThese params={params} />}
      />
      {leaving && remove && (
        <DeleteToken
          token={leaving}
          remove={() => remove(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Stack>
  )
}

/** What to ask the API for: the live ones, or the ended ones among them. A card picks from all that are live. */
export function tokenQuery(params: ListParams) {
  const card = shownCard(params)
  const sort = sorts.find((one) => one === params.sort)
  return {
    ...(card ? { page: 1, limit: 100 } : { page: params.page, limit: params.limit }),
    ...(params.search && { search: params.search }),
    ...(sort && { sort }),
    ...(params.get('ended') && !card && { include: 'ended' as const }),
  }
}

const sorts = ['name', '-name', 'created_at', '-created_at', 'expires_at', '-expires_at'] as const

function NoneOfThese({ params }: { params: ListParams }) {
  return (
    <Stack align="flex-start" gap="sm">
      <Text c="dimmed">{tokenTexts.noneOfThese}</Text>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => params.set({ show: undefined, search: undefined })}
      >
        {tokenTexts.showAll}
      </Button>
    </Stack>
  )
}
