import { Badge, EmptyState, Group, Stack } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import type { Allowed } from '../../access/use-allowed.ts'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { useAllowedInSome } from '../../access/use-allowed-in-some.ts'
import { api } from '../../api/client.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { accountTokenTexts as words } from '../../texts/service-accounts.ts'
import { TokenList, tokenQuery } from '../../tokens/token-list.tsx'
import type { Account } from './accounts.tsx'
import { deleteAccountToken } from './delete-account-token.ts'

export function AccountTokens({ account }: { account: Account }) {
  const { id } = account
  const params = useListParams()
  const mayRevoke = useAllowedSomewhere('tokens.revoke')
  const mayMake = useAllowedSomewhere('service_accounts.tokens')
  const live = api.useQuery('get', '/api/v1/users/{id}/tokens', {
    params: { path: { id }, query: { limit: 100 } },
  })
  const page = api.useQuery(
    'get',
    '/api/v1/users/{id}/tokens',
    { params: { path: { id }, query: tokenQuery(params) } },
    { placeholderData: keepPreviousData },
  )
  const remove = (token: { id: string }) => deleteAccountToken(id, token.id)
  return (
    <Loaded query={live}>
      {({ data, total }) => (
        <Stack>
          <Group justify="flex-end">
            <Badge variant="default" size="lg" tt="none" fw={500}>
              {words.used(total, account.token_limit)}
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
