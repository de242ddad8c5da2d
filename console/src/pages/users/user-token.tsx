import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { userTexts } from '../../texts/users.ts'
import { DeleteOthersToken } from '../../tokens/delete-others-token.tsx'
import { TokenDetail } from '../../tokens/token-detail.tsx'

/** One token of a person: what it stores, and what of it is in force. */
export function Component() {
  const { id = '', token_id = '' } = useParams()
  const user = api.useQuery('get', '/api/v1/users/{id}', { params: { path: { id } } })
  const token = api.useQuery('get', '/api/v1/users/{id}/tokens/{token_id}', {
    params: { path: { id, token_id } },
  })
  return (
    <Loaded query={token}>
      {(shown) => (
        <Page
          title={shown.name}
          above={[
            { to: '/users', label: userTexts.list },
            { to: `/users/${id}?tab=tokens`, label: user.data?.name ?? id },
          ]}
          actions={<DeleteOthersToken user_id={id} token={shown} look={{ variant: 'default' }} />}
        >
          <TokenDetail token={shown} />
        </Page>
      )}
    </Loaded>
  )
}
