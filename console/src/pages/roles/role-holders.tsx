import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { roleTexts as texts } from '../../texts/roles.ts'

const limit = 10

/** Those that one may see, by name. */
export function RoleHolders({ role_id }: { role_id: string }) {
  const query = { role_id, limit, sort: 'name' as const }
  const holders = api.useQuery('get', '/api/v1/users', { params: { query } })
  return (
    <Loaded query={holders}>
      {({ data, total }) =>
        total === 0 ? (
          <Text size="sm">{texts.nobody}</Text>
        ) : (
          <Stack gap="xs">
            <Text size="sm">{texts.held(total)}</Text>
            <Group gap="md">
              {data.map(({ id, name, is_service_account }) => (
                <Anchor
                  key={id}
                  component={Link}
                  to={`/${is_service_account ? 'service-accounts' : 'users'}/${id}`}
                  size="sm"
                >
                  <bdi>{name}</bdi>
                </Anchor>
              ))}
              {total > limit && (
                <Text size="sm" c="dimmed">
                  {texts.more(total - limit)}
                </Text>
              )}
            </Group>
          </Stack>
        )
      }
    </Loaded>
  )
}
