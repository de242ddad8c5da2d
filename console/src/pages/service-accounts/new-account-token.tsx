import { Button, EmptyState, Paper } from '@mantine/core'
import { IconShieldOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { api, client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { FailureAlert } from '../../components/failure.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { accountTokenTexts as words } from '../../texts/service-accounts.ts'
import { likeToken } from '../../tokens/draft.ts'
import { heldPermissions } from '../../tokens/holdings.ts'
import { ReplayedDialog } from '../../tokens/replayed-dialog.tsx'
import { SecretDialog } from '../../tokens/secret-dialog.tsx'
import { TokenForm, type TokenFormProps } from '../../tokens/token-form.tsx'
import type { CreatedToken, Token } from '../../tokens/types.ts'
import { useAccountHoldings } from '../../tokens/use-account-holdings.ts'
import { deleteAccountToken } from './delete-account-token.ts'
import type { Account } from './types.ts'

export function Component() {
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const from = params.get('from')
  const account = api.useQuery('get', '/api/v1/service-accounts/{id}', { params: { path: { id } } })
  const existing = api.useQuery('get', '/api/v1/users/{id}/tokens', {
    params: { path: { id }, query: { limit: 100, include: 'ended' } },
  })
  return (
    <Loaded query={account}>
      {(account) => (
        <Page
          title={words.title}
          about={words.about(account.name)}
          above={[
            { to: '/service-accounts', label: navigation.serviceAccounts },
            { to: `/service-accounts/${id}?tab=tokens`, label: account.name },
          ]}
        >
          <Loaded query={existing}>
            {({ data }) =>
              from === null ? (
                <NewToken account={account} existing={data} />
              ) : (
                <Replacement token_id={from} account={account} existing={data} />
              )
            }
          </Loaded>
        </Page>
      )}
    </Loaded>
  )
}

type Props = { account: Account; existing: readonly Token[]; from?: Token }

/** Asked for by itself: it may be older than those that are listed. */
function Replacement({ token_id, ...props }: Props & { token_id: string }) {
  const from = api.useQuery('get', '/api/v1/users/{id}/tokens/{token_id}', {
    params: { path: { id: props.account.id, token_id } },
  })
  return <Loaded query={from}>{(from) => <NewToken {...props} from={from} />}</Loaded>
}

function NewToken(props: Props) {
  const policy = api.useQuery('get', '/api/v1/me/token-policy')
  const { holdings, error } = useAccountHoldings(props.account)
  if (error) return <FailureAlert error={error} />
  if (!holdings) return null
  return (
    <Loaded query={policy}>
      {(policy) => <NewTokenWith {...props} policy={policy} holdings={holdings} />}
    </Loaded>
  )
}

function NewTokenWith({
  account,
  from,
  ...form
}: Props & Pick<TokenFormProps, 'policy' | 'holdings'>) {
  const navigate = useNavigate()
  const [created, setCreated] = useState<CreatedToken | null>(null)
  // What is lost later is told by the refusal, and what was typed stays.
  const isSome = heldPermissions(form.holdings).length > 0
  const [wasSome, setWasSome] = useState(isSome)
  if (isSome && !wasSome) setWasSome(true)
  const home = `/service-accounts/${account.id}?tab=tokens`
  function close(id: string) {
    // The secret is here and nowhere else, and goes before anything else happens.
    setCreated(null)
    queryClient.invalidateQueries()
    navigate(`${home}&created=${id}`, { replace: true })
  }
  if (!wasSome) return <Nothing home={home} />
  return (
    <>
      <TokenForm
        {...form}
        isForAccount
        proposal={from && likeToken(from, [...form.existing, from])}
        submit={createFor(account.id)}
        onCreated={setCreated}
        onCancel={() => navigate(home)}
      />
      {created?.token && (
        <SecretDialog token={created.token} name={created.name} onClose={() => close(created.id)} />
      )}
      {created && !created.token && (
        <ReplayedDialog
          name={created.name}
          remove={() => deleteAccountToken(account.id, created.id)}
          onClose={() => close(created.id)}
        />
      )}
    </>
  )
}

function Nothing({ home }: { home: string }) {
  return (
    <Paper withBorder p="xl">
      <EmptyState
        icon={<IconShieldOff aria-hidden />}
        title={words.nothing}
        description={words.nothingAbout}
      >
        <Button component={Link} to={home} variant="default">
          {words.toAccount}
        </Button>
      </EmptyState>
    </Paper>
  )
}

/** Not a mutation: its cache would keep the secret. */
function createFor(id: string): TokenFormProps['submit'] {
  return async (body, header) => {
    const { data, error } = await client.POST('/api/v1/users/{id}/tokens', {
      params: { path: { id }, header },
      body,
    })
    if (error) throw error
    return data
  }
}
