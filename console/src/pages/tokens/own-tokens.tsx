import { Anchor, Badge, Button, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { navigation } from '../../texts/navigation.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { TokenList, tokenQuery } from '../../tokens/token-list.tsx'
import { AtTheLimit } from './at-the-limit.tsx'
import { CreateButton } from './create-button.tsx'
import { deleteOwnToken } from './delete-own-token.ts'

/** One's own tokens. */
export function Component() {
  const { data: room } = api.useQuery('get', '/api/v1/me/token-policy')
  return (
    <Page
      title={navigation.ownTokens}
      about={
        <>
          {tokenTexts.about}{' '}
          <Anchor component={Link} to="/settings/notices" inherit underline="always">
            {tokenTexts.expiryNotices}
          </Anchor>
        </>
      }
      actions={
        room && (
          <>
            <Badge variant="default" size="lg" tt="none" fw={500}>
              {tokenTexts.used(room.live_tokens ?? 0, room.token_limit)}
            </Badge>
            <CreateButton room={room} />
          </>
        )
      }
    >
      {room && <AtTheLimit room={room} />}
      <OwnTokens />
    </Page>
  )
}

function OwnTokens() {
  const params = useListParams()
  const live = api.useQuery('get', '/api/v1/me/tokens', { params: { query: { limit: 100 } } })
  const page = api.useQuery(
    'get',
    '/api/v1/me/tokens',
    { params: { query: tokenQuery(params) } },
    { placeholderData: (before) => before },
  )
  return (
    <Loaded query={live}>
      {({ data }) => (
        <Loaded query={page}>
          {(shown) => (
            <TokenList
              live={data}
              page={shown}
              params={params}
              hrefOf={({ id }) => `/settings/tokens/${id}`}
              remove={({ id }) => deleteOwnToken(id)}
              empty={<NoTokens />}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

function NoTokens() {
  return (
    <Stack align="flex-start" gap="sm">
      <Title order={2} size="h4">
        {tokenTexts.none}
      </Title>
      <Text maw={640}>{tokenTexts.noneAbout}</Text>
      <Button
        component={Link}
        to="/settings/tokens/new"
        leftSection={<IconPlus size={16} aria-hidden />}
      >
        {tokenTexts.create}
      </Button>
    </Stack>
  )
}
