import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconReplace, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { navigation } from '../../texts/navigation.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { DeleteToken } from '../../tokens/delete-token.tsx'
import { TokenDetail } from '../../tokens/token-detail.tsx'
import type { TokenDetail as Detail } from '../../tokens/types.ts'
import { deleteOwnToken } from './delete-own-token.ts'

const list = '/settings/tokens'

export function Component() {
  const { id = '' } = useParams()
  const query = api.useQuery('get', '/api/v1/me/tokens/{id}', { params: { path: { id } } })
  return <Loaded query={query}>{(token) => <OwnToken token={token} />}</Loaded>
}

function OwnToken({ token }: { token: Detail }) {
  const [isLeaving, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  const replaceHref = `${list}/new?from=${token.id}`
  const isLive = token.status === 'active'
  return (
    <Page
      title={token.name}
      above={[{ to: list, label: navigation.ownTokens }]}
      actions={
        <>
          <Button
            component={Link}
            to={replaceHref}
            variant="default"
            leftSection={<IconReplace size={16} aria-hidden />}
          >
            {tokenTexts.replaceButton}
          </Button>
          {isLive && (
            <Button
              color="red"
              variant="outline"
              onClick={open}
              leftSection={<IconTrash size={16} aria-hidden />}
            >
              {tokenTexts.remove}
            </Button>
          )}
        </>
      }
    >
      <TokenDetail token={token} replaceHref={replaceHref} />
      {isLeaving && (
        <DeleteToken
          token={token}
          remove={() => deleteOwnToken(token.id)}
          onClose={close}
          onDeleted={() => navigate(list)}
        />
      )}
    </Page>
  )
}
