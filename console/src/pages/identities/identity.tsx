import { Stack, Text, Title } from '@mantine/core'
import { useParams } from 'react-router'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { WhereAllowed } from '../../components/where-allowed.tsx'
import { type Identity, nameOf } from '../../identities/types.ts'
import { EventList } from '../../personnel-events/event-list.tsx'
import { identityTexts, identityDetailTexts as words } from '../../texts/identities.ts'
import { IdentityActions } from './identity-actions.tsx'
import { Facts } from './identity-facts.tsx'

export function Component() {
  const { id = '' } = useParams()
  const identity = api.useQuery('get', '/api/v1/identities/{id}', { params: { path: { id } } })
  return <Loaded query={identity}>{(data) => <IdentityPage identity={data} />}</Loaded>
}

function IdentityPage({ identity }: { identity: Identity }) {
  const mayReadEvents = holdsAnywhere(useMe(), 'personnel_events.read')
  return (
    <Page
      title={nameOf(identity)}
      above={[{ to: '/identities', label: identityTexts.list }]}
      actions={<IdentityActions identity={identity} />}
    >
      <Facts identity={identity} />
      {mayReadEvents && <Events identity={identity} />}
    </Page>
  )
}

function Events({ identity: { id, tenant_id } }: { identity: Identity }) {
  const params = useListParams()
  return (
    <Stack gap="sm" component="section" aria-label={words.events}>
      <div>
        <Title order={2} size="h4">
          {words.events}
        </Title>
        <Text size="sm" c="dimmed">
          {words.eventsAbout}
        </Text>
      </div>
      <WhereAllowed permission="personnel_events.read" tenant_id={tenant_id}>
        <EventList params={params} identity_id={id} />
      </WhereAllowed>
    </Stack>
  )
}
