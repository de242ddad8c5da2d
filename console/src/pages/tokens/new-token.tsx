import { Alert } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useMe } from '../../access/me.ts'
import { api, client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { formTexts } from '../../texts/token-form.ts'
import { likeToken } from '../../tokens/draft.ts'
import { proposalOf } from '../../tokens/proposal.ts'
import { ReplayedDialog } from '../../tokens/replayed-dialog.tsx'
import { SecretDialog } from '../../tokens/secret-dialog.tsx'
import { TokenForm, type TokenFormProps } from '../../tokens/token-form.tsx'
import type { CreatedToken, Token } from '../../tokens/types.ts'
import { AtTheLimit } from './at-the-limit.tsx'
import { deleteOwnToken } from './delete-own-token.ts'
import type { Room } from './room.ts'

const list = '/settings/tokens'

export function Component() {
  const [params] = useSearchParams()
  const from = params.get('from')
  const room = api.useQuery('get', '/api/v1/me/token-policy')
  const existing = api.useQuery('get', '/api/v1/me/tokens', {
    params: { query: { limit: 100, include: 'ended' } },
  })
  return (
    <Page
      title={formTexts.title}
      about={formTexts.about}
      above={[{ to: list, label: navigation.ownTokens }]}
    >
      <Loaded query={room}>
        {(room) => (
          <Loaded query={existing}>
            {({ data }) =>
              from === null ? (
                <NewToken room={room} existing={data} />
              ) : (
                <Replacement id={from} room={room} existing={data} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

type Props = { room: Room; existing: readonly Token[] }

/** Asked for by itself: it may be older than those that are listed. */
function Replacement({ id, ...props }: Props & { id: string }) {
  const from = api.useQuery('get', '/api/v1/me/tokens/{id}', { params: { path: { id } } })
  return <Loaded query={from}>{(from) => <NewToken {...props} from={from} />}</Loaded>
}

function NewToken({ room, existing, from }: Props & { from?: Token }) {
  const holdings = useMe()
  const navigate = useNavigate()
  const [created, setCreated] = useState<CreatedToken | null>(null)
  const start = useStart(room, existing, from)
  function close(id: string) {
    // The secret is here and nowhere else, and goes before anything else happens.
    setCreated(null)
    queryClient.invalidateQueries()
    navigate(`${list}?created=${id}`, { replace: true })
  }
  return (
    <>
      {start.isLink && (
        <Alert color="blue" variant="light" icon={<IconLink aria-hidden />}>
          {formTexts.proposed}
        </Alert>
      )}
      {start.replaces && (
        <Alert color="blue" variant="light">
          {formTexts.replacing} “<bdi>{start.replaces}</bdi>”{formTexts.replaced}
        </Alert>
      )}
      <AtTheLimit room={room} />
      <TokenForm
        holdings={holdings}
        existing={existing}
        policy={room}
        proposal={start.proposal}
        refusedDays={start.refusedDays}
        submit={createOwnToken}
        onCreated={setCreated}
        onCancel={() => navigate(list)}
      />
      {created?.token && (
        <SecretDialog token={created.token} name={created.name} onClose={() => close(created.id)} />
      )}
      {created && !created.token && (
        <ReplayedDialog
          name={created.name}
          remove={() => deleteOwnToken(created.id)}
          onClose={() => close(created.id)}
        />
      )}
    </>
  )
}

/** Not a mutation: its cache would keep the secret. */
const createOwnToken: TokenFormProps['submit'] = async (body, header) => {
  const { data, error } = await client.POST('/api/v1/me/tokens', { params: { header }, body })
  if (error) throw error
  return data
}

/** What the address proposes: another token to start from, or the fields themselves. */
function useStart(room: Room, existing: readonly Token[], from: Token | undefined) {
  const [params] = useSearchParams()
  // Once, as the page is opened: from then on the form is whoever's who fills it in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    if (from) {
      const proposal = likeToken(from, [...existing, from])
      return { proposal, refusedDays: null, isLink: false, replaces: from.name }
    }
    const { proposal, refusedDays } = proposalOf(params, room)
    const isLink = Object.keys(proposal).length > 0 || refusedDays !== null
    return { proposal, refusedDays, isLink, replaces: null }
  }, [])
}
