import { Badge, EmptyState, Group, Stack } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import type { Allowed } from '../../access/use-allowed.ts'
import { useAllowedInSome } from '../../access/use-allowed-in-some.ts'
import { api } from '../../api/client.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import { accountTokenTexts as words } from '../../texts/service-accounts.ts'
import { TokenList, tokenQuery } from '../../tokens/token-list.tsx'
import { deleteAccountToken } from './delete-account-token.ts'
import type { Account } from './types.ts'

const seeing = ['tokens.read', 'service_accounts.tokens'] as const

export function AccountTokens({ account }: { account: Account }) {
  const mayRead = useAllowedInSome(seeing[0], account.tenants)
  const mayMake = useAllowedInSome(seeing[1], account.tenants)
  if (mayRead.isAllowed || mayMake.isAllowed) return <SeenTokens account={account} />
  if (mayRead.reason === null || mayMake.reason === null) return null
  return (
    <Stack>
      <Group justify="flex-end">
        <CreateButton account={account} live={0} />
      </Group>
      <EmptyState
        icon={<IconKey aria-hidden />}
        title={words.notSeen}
        description={words.notSeenAbout(seeing.join(', '))}
      />
    </Stack>
  )
}

function SeenTokens({ account }: { account: Account }) {
  const { id } = account
  const params = useListParams()
  const mayRevoke = useAllowedInSome('tokens.revoke', account.tenants)
  const mayMake = useAllowedInSome('service_accounts.tokens', account.tenants)
  const { live, page } = useTokensOf(id, params)
  const remove = (token: { id: string }) => deleteAccountToken(id, token.id)
  return (
    <Loaded query={live}>
      {({ data, total }) => (
        <Stack>
          <Group justify="flex-end">
            <Badge variant="default" size="lg" tt="none" fw={500}>
              {words.seen(total, account.token_limit)}
            </Badge>
            <CreateButton account={account} live={total} />
          </Group>
          <Loaded query={page}>
            {(shown) => (
              <TokenList
                live={data}
                page={shown}
                params={params}
                hrefOf={(token) => `/service-accounts/${id}/tokens/${token.id}`}
                remove={mayRevoke.isAllowed || mayMake.isAllowed ? remove : undefined}
                empty={<NoTokens account={account} />}
              />
            )}
          </Loaded>
        </Stack>
      )}
    </Loaded>
  )
}

function useTokensOf(id: string, params: ListParams) {
  const path = { id }
  return {
    live: api.useQuery('get', '/api/v1/users/{id}/tokens', {
      params: { path, query: { limit: 100 } },
    }),
    page: api.useQuery(
      'get',
      '/api/v1/users/{id}/tokens',
      { params: { path, query: tokenQuery(params) } },
      { placeholderData: keepPreviousData },
    ),
  }
}

function CreateButton({ account, live }: { account: Account; live: number }) {
  return (
    <LinkButton
      to={`/service-accounts/${account.id}/tokens/new`}
      allowed={useAllowedToMake(account, live)}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {words.create}
    </LinkButton>
  )
}

function useAllowedToMake({ tenants, status, token_limit }: Account, live: number): Allowed {
  const allowed = useAllowedInSome('service_accounts.tokens', tenants)
  if (!allowed.isAllowed) return allowed
  if (status !== 'active') return { isAllowed: false, reason: words.inactive }
  if (live >= token_limit) return { isAllowed: false, reason: words.full(live, token_limit) }
  return allowed
}

function NoTokens({ account }: { account: Account }) {
  const allowed = useAllowedToMake(account, 0)
  return (
    <EmptyState
      icon={<IconKey aria-hidden />}
      title={words.none}
      description={allowed.isAllowed ? words.noneAbout : words.noneToSee}
    />
  )
}
